
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'desk' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'desk'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'desk' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Open a ticket')
            [CompletionResult]::new('identify', 'identify', [CompletionResultType]::ParameterValue, 'Say whether it is an incident or a request')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Record a step taken, symptoms, or a correction')
            [CompletionResult]::new('categorize', 'categorize', [CompletionResultType]::ParameterValue, 'Put it into its category')
            [CompletionResult]::new('prioritize', 'prioritize', [CompletionResultType]::ParameterValue, 'Rate impact and urgency; the priority follows')
            [CompletionResult]::new('diagnose', 'diagnose', [CompletionResultType]::ParameterValue, 'Ask the questions of its category, or record what was found')
            [CompletionResult]::new('investigate', 'investigate', [CompletionResultType]::ParameterValue, 'Propose, confirm or refute a hypothesis')
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Assign it to an agent')
            [CompletionResult]::new('take', 'take', [CompletionResultType]::ParameterValue, 'Assign it to yourself, if nobody has it')
            [CompletionResult]::new('unassign', 'unassign', [CompletionResultType]::ParameterValue, 'Give it back to the queue')
            [CompletionResult]::new('escalate', 'escalate', [CompletionResultType]::ParameterValue, 'Hand it to another tier, or tell a manager')
            [CompletionResult]::new('call', 'call', [CompletionResultType]::ParameterValue, 'Arrange a call, or say how it went')
            [CompletionResult]::new('pause', 'pause', [CompletionResultType]::ParameterValue, 'Stop the resolution clock while waiting')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Go on after a pause')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Resolve it')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Record who confirmed that the service is restored')
            [CompletionResult]::new('close', 'close', [CompletionResultType]::ParameterValue, 'Close it')
            [CompletionResult]::new('reopen', 'reopen', [CompletionResultType]::ParameterValue, 'Take up again what was resolved, closed or merged')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Merge tickets into another one')
            [CompletionResult]::new('link', 'link', [CompletionResultType]::ParameterValue, 'Link it to its parent, a child or a related ticket')
            [CompletionResult]::new('known-errors', 'known-errors', [CompletionResultType]::ParameterValue, 'List known errors and their workarounds, or mark a ticket')
            [CompletionResult]::new('reply', 'reply', [CompletionResultType]::ParameterValue, 'Send a public message, or record what the requester said')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List tickets, what breaches next first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show all about a ticket')
            [CompletionResult]::new('sla', 'sla', [CompletionResultType]::ParameterValue, 'Show how the open tickets stand against their promises')
            [CompletionResult]::new('overdue', 'overdue', [CompletionResultType]::ParameterValue, 'List tickets with a clock past its due time')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find tickets by what is written on them')
            [CompletionResult]::new('similar', 'similar', [CompletionResultType]::ParameterValue, 'Find past tickets like this one, and how they were resolved')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Report how the desk did: volume, promises kept, turnaround, quality')
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Show, check and change what the desk decides for itself')
            [CompletionResult]::new('sweep', 'sweep', [CompletionResultType]::ParameterValue, 'Warn, escalate, wake and close what is due')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Tell a monitoring system how the desk stands')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Create a store')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take in tickets of another store or system')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write everything out, for another store or a spreadsheet')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check the whole store for damage and tampering')
            [CompletionResult]::new('reindex', 'reindex', [CompletionResultType]::ParameterValue, 'Write the search index anew')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Write a copy of the store')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a copy in the place of the store')
            [CompletionResult]::new('calendar', 'calendar', [CompletionResultType]::ParameterValue, 'Ask the calendars when time counts')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show every setting and where it comes from')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of an output')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the manual pages')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'desk;open' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Who is affected: "Name <mail or phone>"')
            [CompletionResult]::new('--requester', '--requester', [CompletionResultType]::ParameterName, 'Who is affected: "Name <mail or phone>"')
            [CompletionResult]::new('--contact', '--contact', [CompletionResultType]::ParameterName, 'Mail address or phone number of the requester')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'Language of the requester, such as de or pt-BR')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'How it came: phone, walk-in, email, chat, portal, monitoring, other')
            [CompletionResult]::new('--channel', '--channel', [CompletionResultType]::ParameterName, 'How it came: phone, walk-in, email, chat, portal, monitoring, other')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'What it is: incident or request')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'What it is: incident or request')
            [CompletionResult]::new('--onset', '--onset', [CompletionResultType]::ParameterName, 'Whether it occurred or is anticipated (a warning sign)')
            [CompletionResult]::new('--symptom', '--symptom', [CompletionResultType]::ParameterName, 'A symptom; may be given several times')
            [CompletionResult]::new('--affected', '--affected', [CompletionResultType]::ParameterName, 'An affected service, device or place; may be given several times')
            [CompletionResult]::new('--began', '--began', [CompletionResultType]::ParameterName, 'When the trouble began')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'Category, such as network/vpn')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Impact on the users: high, medium or low')
            [CompletionResult]::new('--users', '--users', [CompletionResultType]::ParameterName, 'Impact on the users: high, medium or low')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Impact on the business: high, medium or low')
            [CompletionResult]::new('--business', '--business', [CompletionResultType]::ParameterName, 'Impact on the business: high, medium or low')
            [CompletionResult]::new('-g', '-g', [CompletionResultType]::ParameterName, 'How soon it must be dealt with: high, medium or low')
            [CompletionResult]::new('--urgency', '--urgency', [CompletionResultType]::ParameterName, 'How soon it must be dealt with: high, medium or low')
            [CompletionResult]::new('--assign', '--assign', [CompletionResultType]::ParameterName, 'Assign it to this agent')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'A name for it, so that opening again with the same name opens it once')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Write the description in the editor')
            [CompletionResult]::new('--edit', '--edit', [CompletionResultType]::ParameterName, 'Write the description in the editor')
            [CompletionResult]::new('--similar', '--similar', [CompletionResultType]::ParameterName, 'Show past tickets like it, also where no terminal is written to')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;identify' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--onset', '--onset', [CompletionResultType]::ParameterName, 'Whether it occurred or is anticipated (a warning sign)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;log' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--symptom', '--symptom', [CompletionResultType]::ParameterName, 'A symptom; may be given several times')
            [CompletionResult]::new('--affected', '--affected', [CompletionResultType]::ParameterName, 'An affected service, device or place; may be given several times')
            [CompletionResult]::new('--began', '--began', [CompletionResultType]::ParameterName, 'When the trouble began')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'Correct the title')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Correct who is affected: "Name <mail or phone>"')
            [CompletionResult]::new('--requester', '--requester', [CompletionResultType]::ParameterName, 'Correct who is affected: "Name <mail or phone>"')
            [CompletionResult]::new('--contact', '--contact', [CompletionResultType]::ParameterName, 'Correct the mail address or phone number')
            [CompletionResult]::new('--language', '--language', [CompletionResultType]::ParameterName, 'Correct the language')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;categorize' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--similar', '--similar', [CompletionResultType]::ParameterName, 'Show past tickets like it, also where no terminal is written to')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;prioritize' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Impact on the users: high, medium or low')
            [CompletionResult]::new('--users', '--users', [CompletionResultType]::ParameterName, 'Impact on the users: high, medium or low')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Impact on the business: high, medium or low')
            [CompletionResult]::new('--business', '--business', [CompletionResultType]::ParameterName, 'Impact on the business: high, medium or low')
            [CompletionResult]::new('-g', '-g', [CompletionResultType]::ParameterName, 'How soon it must be dealt with: high, medium or low')
            [CompletionResult]::new('--urgency', '--urgency', [CompletionResultType]::ParameterName, 'How soon it must be dealt with: high, medium or low')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;diagnose' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'An answer, by the key of a question or to one of your own; may be given several times')
            [CompletionResult]::new('--answer', '--answer', [CompletionResultType]::ParameterName, 'An answer, by the key of a question or to one of your own; may be given several times')
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Answers by key, as TOML or JSON; - for stdin')
            [CompletionResult]::new('--extent', '--extent', [CompletionResultType]::ParameterName, 'How far it reaches: who and how many')
            [CompletionResult]::new('--affected', '--affected', [CompletionResultType]::ParameterName, 'An affected service, device or place; may be given several times')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--again', '--again', [CompletionResultType]::ParameterName, 'Ask all questions again, also those that are answered')
            [CompletionResult]::new('--questions', '--questions', [CompletionResultType]::ParameterName, 'List the questions of the ticket''s category, and their answers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;investigate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'The hypothesis turned out right; the number may be left out if only one is open')
            [CompletionResult]::new('--refute', '--refute', [CompletionResultType]::ParameterName, 'The hypothesis turned out wrong')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;assign' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;take' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;unassign' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;escalate' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Assign it to this agent there')
            [CompletionResult]::new('--manager', '--manager', [CompletionResultType]::ParameterName, 'Keep the tier and record that this manager was told')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;call' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--when', '--when', [CompletionResultType]::ParameterName, 'Arrange one for this time')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'By phone or video')
            [CompletionResult]::new('--held', '--held', [CompletionResultType]::ParameterName, 'It was held; the number may be left out if only one is arranged')
            [CompletionResult]::new('--cancelled', '--cancelled', [CompletionResultType]::ParameterName, 'It was cancelled')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;pause' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'When to go on at the latest; from then on lists show it as "to resume"')
            [CompletionResult]::new('--ask', '--ask', [CompletionResultType]::ParameterName, 'Send this public question to the requester')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why the gates are passed')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Pass the gates that are not satisfied, on the record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;resume' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;resolve' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'How it ended: solved, workaround, fulfilled, not-reproducible, no-fault, withdrawn or duplicate [default: solved, or fulfilled for a request]')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'How it ended: solved, workaround, fulfilled, not-reproducible, no-fault, withdrawn or duplicate [default: solved, or fulfilled for a request]')
            [CompletionResult]::new('--workaround', '--workaround', [CompletionResultType]::ParameterName, 'The workaround of the known error [default: the text]')
            [CompletionResult]::new('--cause', '--cause', [CompletionResultType]::ParameterName, 'The cause of the known error [default: the confirmed hypothesis]')
            [CompletionResult]::new('--restored-by', '--restored-by', [CompletionResultType]::ParameterName, 'Who confirmed that the service is restored')
            [CompletionResult]::new('--tell', '--tell', [CompletionResultType]::ParameterName, 'Send this public message to the requester as well')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why the gates are passed')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--known-error', '--known-error', [CompletionResultType]::ParameterName, 'Mark it as a known error, which helps with others like it')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Pass the gates that are not satisfied, on the record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;confirm' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Who confirmed it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;close' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'How satisfied the requester is, from 1 (not at all) to 5 (fully)')
            [CompletionResult]::new('--satisfaction', '--satisfaction', [CompletionResultType]::ParameterName, 'How satisfied the requester is, from 1 (not at all) to 5 (fully)')
            [CompletionResult]::new('--restored-by', '--restored-by', [CompletionResultType]::ParameterName, 'Who confirmed that the service is restored')
            [CompletionResult]::new('--tell', '--tell', [CompletionResultType]::ParameterName, 'Send this public message to the requester as well')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why the gates are passed')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Pass the gates that are not satisfied, on the record')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;reopen' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;merge' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--into', '--into', [CompletionResultType]::ParameterName, 'The ticket that survives')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;link' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--parent', '--parent', [CompletionResultType]::ParameterName, 'That ticket is its parent')
            [CompletionResult]::new('--child', '--child', [CompletionResultType]::ParameterName, 'That ticket is its child')
            [CompletionResult]::new('--related', '--related', [CompletionResultType]::ParameterName, 'That ticket is related')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--remove', '--remove', [CompletionResultType]::ParameterName, 'Take the link back')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;known-errors' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'In this category or below it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Mark a resolved or closed ticket as a known error')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Withdraw it: the ticket is no longer a known error')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'desk;known-errors;add' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--cause', '--cause', [CompletionResultType]::ParameterName, 'What causes it [default: the confirmed hypothesis]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;known-errors;remove' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;known-errors;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'add')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'remove')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'desk;known-errors;help;add' {
            break
        }
        'desk;known-errors;help;remove' {
            break
        }
        'desk;known-errors;help;help' {
            break
        }
        'desk;reply' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--message', '--message', [CompletionResultType]::ParameterName, 'The text, or - to read it from stdin')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'How it went or came [default: as the ticket came]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--from-requester', '--from-requester', [CompletionResultType]::ParameterName, 'The requester said it; it wakes a paused ticket')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'In these statuses: new, active, paused, resolved, closed')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'In these statuses: new, active, paused, resolved, closed')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--channel', '--channel', [CompletionResultType]::ParameterName, 'That came by this channel')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('--tier', '--tier', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--assignee', '--assignee', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'In this category or below it')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('--priority', '--priority', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--requester', '--requester', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'Whose title has this in it')
            [CompletionResult]::new('--opened-after', '--opened-after', [CompletionResultType]::ParameterName, 'Opened at or after this time')
            [CompletionResult]::new('--opened-before', '--opened-before', [CompletionResultType]::ParameterName, 'Opened before this time')
            [CompletionResult]::new('--resolved-after', '--resolved-after', [CompletionResultType]::ParameterName, 'Resolved at or after this time')
            [CompletionResult]::new('--resolved-before', '--resolved-before', [CompletionResultType]::ParameterName, 'Resolved before this time')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by due, id, priority, opened, updated or resolved [default: due]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'At most this many; 0 for all [default: 50 in a table, else all]')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most this many; 0 for all [default: 50 in a table, else all]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'These columns, in this order')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('--known-errors', '--known-errors', [CompletionResultType]::ParameterName, 'Marked as known errors, closed ones too')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--mine', '--mine', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--unassigned', '--unassigned', [CompletionResultType]::ParameterName, 'Assigned to nobody')
            [CompletionResult]::new('--overdue', '--overdue', [CompletionResultType]::ParameterName, 'With a clock past its due time')
            [CompletionResult]::new('--at-risk', '--at-risk', [CompletionResultType]::ParameterName, 'With a clock past its first warning level, and none overdue')
            [CompletionResult]::new('--reverse', '--reverse', [CompletionResultType]::ParameterName, 'The other way round')
            [CompletionResult]::new('--no-header', '--no-header', [CompletionResultType]::ParameterName, 'Without the line of column names')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Only say how many there are')
            [CompletionResult]::new('--ids', '--ids', [CompletionResultType]::ParameterName, 'Only the numbers, one a line, short for --format ids')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'Exit with 10 if there are any')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--brief', '--brief', [CompletionResultType]::ParameterName, 'Print the hand-over for the next line, in Markdown')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;sla' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Count by priority, tier, assignee or category [default: priority]')
            [CompletionResult]::new('--due-within', '--due-within', [CompletionResultType]::ParameterName, 'Only those overdue, or with a clock due within this time')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Show it again every so many seconds, until Ctrl-C [default: 10]')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'In these statuses: new, active, paused, resolved, closed')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'In these statuses: new, active, paused, resolved, closed')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--channel', '--channel', [CompletionResultType]::ParameterName, 'That came by this channel')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('--tier', '--tier', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--assignee', '--assignee', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'In this category or below it')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('--priority', '--priority', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--requester', '--requester', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'Whose title has this in it')
            [CompletionResult]::new('--opened-after', '--opened-after', [CompletionResultType]::ParameterName, 'Opened at or after this time')
            [CompletionResult]::new('--opened-before', '--opened-before', [CompletionResultType]::ParameterName, 'Opened before this time')
            [CompletionResult]::new('--resolved-after', '--resolved-after', [CompletionResultType]::ParameterName, 'Resolved at or after this time')
            [CompletionResult]::new('--resolved-before', '--resolved-before', [CompletionResultType]::ParameterName, 'Resolved before this time')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by due, id, priority, opened, updated or resolved [default: due]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'At most this many; 0 for all [default: 50 in a table, else all]')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most this many; 0 for all [default: 50 in a table, else all]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'These columns, in this order')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('--known-errors', '--known-errors', [CompletionResultType]::ParameterName, 'Marked as known errors, closed ones too')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--mine', '--mine', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--unassigned', '--unassigned', [CompletionResultType]::ParameterName, 'Assigned to nobody')
            [CompletionResult]::new('--reverse', '--reverse', [CompletionResultType]::ParameterName, 'The other way round')
            [CompletionResult]::new('--no-header', '--no-header', [CompletionResultType]::ParameterName, 'Without the line of column names')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Only say how many there are')
            [CompletionResult]::new('--ids', '--ids', [CompletionResultType]::ParameterName, 'Only the numbers, one a line, short for --format ids')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'Exit with 10 if there are any')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'The tickets a command acts on')
            [CompletionResult]::new('what-if', 'what-if', [CompletionResultType]::ParameterValue, 'Say which open tickets another policy would give other promises')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'desk;sla;explain' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--clock', '--clock', [CompletionResultType]::ParameterName, 'Only this clock: response, update or resolution; may be given several times [default: each]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;sla;what-if' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'The policy document')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;sla;help' {
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Reckon the clocks of tickets line by line')
            [CompletionResult]::new('what-if', 'what-if', [CompletionResultType]::ParameterValue, 'Say which open tickets another policy would give other promises')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'desk;sla;help;explain' {
            break
        }
        'desk;sla;help;what-if' {
            break
        }
        'desk;sla;help;help' {
            break
        }
        'desk;overdue' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--within', '--within', [CompletionResultType]::ParameterName, 'Also those that will be overdue within this time')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'In these statuses: new, active, paused, resolved, closed')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'In these statuses: new, active, paused, resolved, closed')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--channel', '--channel', [CompletionResultType]::ParameterName, 'That came by this channel')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('--tier', '--tier', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--assignee', '--assignee', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'In this category or below it')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('--priority', '--priority', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--requester', '--requester', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'Whose title has this in it')
            [CompletionResult]::new('--opened-after', '--opened-after', [CompletionResultType]::ParameterName, 'Opened at or after this time')
            [CompletionResult]::new('--opened-before', '--opened-before', [CompletionResultType]::ParameterName, 'Opened before this time')
            [CompletionResult]::new('--resolved-after', '--resolved-after', [CompletionResultType]::ParameterName, 'Resolved at or after this time')
            [CompletionResult]::new('--resolved-before', '--resolved-before', [CompletionResultType]::ParameterName, 'Resolved before this time')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by due, id, priority, opened, updated or resolved [default: due]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'At most this many; 0 for all [default: 50 in a table, else all]')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most this many; 0 for all [default: 50 in a table, else all]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'These columns, in this order')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('--known-errors', '--known-errors', [CompletionResultType]::ParameterName, 'Marked as known errors, closed ones too')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--mine', '--mine', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--unassigned', '--unassigned', [CompletionResultType]::ParameterName, 'Assigned to nobody')
            [CompletionResult]::new('--reverse', '--reverse', [CompletionResultType]::ParameterName, 'The other way round')
            [CompletionResult]::new('--no-header', '--no-header', [CompletionResultType]::ParameterName, 'Without the line of column names')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Only say how many there are')
            [CompletionResult]::new('--ids', '--ids', [CompletionResultType]::ParameterName, 'Only the numbers, one a line, short for --format ids')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'Exit with 10 if there are any')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;search' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'In these statuses: new, active, paused, resolved, closed')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'In these statuses: new, active, paused, resolved, closed')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--channel', '--channel', [CompletionResultType]::ParameterName, 'That came by this channel')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('--tier', '--tier', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--assignee', '--assignee', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'In this category or below it')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('--priority', '--priority', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--requester', '--requester', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'Whose title has this in it')
            [CompletionResult]::new('--opened-after', '--opened-after', [CompletionResultType]::ParameterName, 'Opened at or after this time')
            [CompletionResult]::new('--opened-before', '--opened-before', [CompletionResultType]::ParameterName, 'Opened before this time')
            [CompletionResult]::new('--resolved-after', '--resolved-after', [CompletionResultType]::ParameterName, 'Resolved at or after this time')
            [CompletionResult]::new('--resolved-before', '--resolved-before', [CompletionResultType]::ParameterName, 'Resolved before this time')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'At most this many; 0 for all [default: 20 in a table, else all]')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most this many; 0 for all [default: 20 in a table, else all]')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'A plain list with these columns, in this order')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('--known-errors', '--known-errors', [CompletionResultType]::ParameterName, 'Marked as known errors, closed ones too')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--mine', '--mine', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--unassigned', '--unassigned', [CompletionResultType]::ParameterName, 'Assigned to nobody')
            [CompletionResult]::new('--no-header', '--no-header', [CompletionResultType]::ParameterName, 'Without the line of column names')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'Only say how many tickets have all of it')
            [CompletionResult]::new('--ids', '--ids', [CompletionResultType]::ParameterName, 'Only the numbers, one a line, short for --format ids')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'Exit with 10 if a ticket has all of it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;similar' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Compare with this text, such as the words of a caller; - reads stdin')
            [CompletionResult]::new('--text', '--text', [CompletionResultType]::ParameterName, 'Compare with this text, such as the words of a caller; - reads stdin')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'At most this many [default: 10]')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most this many [default: 10]')
            [CompletionResult]::new('--evaluate', '--evaluate', [CompletionResultType]::ParameterName, 'Measure on questions with known answers: a line each with the question, a tab, and the ticket numbers that answer it (with --categories: the right category); CSV and JSON Lines are taken too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--categories', '--categories', [CompletionResultType]::ParameterName, 'Show the categories of similar tickets instead, the likeliest first')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;report' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'From this time on [default: the first ticket]')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Until just before this time [default: now]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'A line a priority, tier, assignee, category, month, channel or kind [default: priority]')
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Write it as a page with charts into this file')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--channel', '--channel', [CompletionResultType]::ParameterName, 'That came by this channel')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('--tier', '--tier', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--assignee', '--assignee', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'In this category or below it')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('--priority', '--priority', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--requester', '--requester', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'Whose title has this in it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--mine', '--mine', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--unassigned', '--unassigned', [CompletionResultType]::ParameterName, 'Assigned to nobody')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;policy' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print the policy in force')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change the policy in the editor')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say what is wrong or odd with a document, and change nothing')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Put a document in force')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'List the versions of the policy')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between two versions')
            [CompletionResult]::new('apply', 'apply', [CompletionResultType]::ParameterValue, 'Give open tickets the promises of the policy in force')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'desk;policy;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print this version instead; 1 is the built-in one')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;policy;edit' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;policy;check' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;policy;set' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;policy;history' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;policy;diff' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;policy;apply' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only say what would change')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;policy;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print the policy in force')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change the policy in the editor')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Say what is wrong or odd with a document, and change nothing')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Put a document in force')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'List the versions of the policy')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what differs between two versions')
            [CompletionResult]::new('apply', 'apply', [CompletionResultType]::ParameterValue, 'Give open tickets the promises of the policy in force')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'desk;policy;help;show' {
            break
        }
        'desk;policy;help;edit' {
            break
        }
        'desk;policy;help;check' {
            break
        }
        'desk;policy;help;set' {
            break
        }
        'desk;policy;help;history' {
            break
        }
        'desk;policy;help;diff' {
            break
        }
        'desk;policy;help;apply' {
            break
        }
        'desk;policy;help;help' {
            break
        }
        'desk;sweep' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only tell what would be done')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;check' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'WARNING if the metric is not within this range [default: 0 for overdue and oldest-overdue]')
            [CompletionResult]::new('--warning', '--warning', [CompletionResultType]::ParameterName, 'WARNING if the metric is not within this range [default: 0 for overdue and oldest-overdue]')
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'CRITICAL if the metric is not within this range')
            [CompletionResult]::new('--critical', '--critical', [CompletionResultType]::ParameterName, 'CRITICAL if the metric is not within this range')
            [CompletionResult]::new('--metric', '--metric', [CompletionResultType]::ParameterName, 'What the ranges are for: overdue, at-risk, open, unassigned, or oldest-overdue in seconds or as 2h [default: overdue]')
            [CompletionResult]::new('-s', '-s', [CompletionResultType]::ParameterName, 'In these statuses: new, active, paused, resolved, closed')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'In these statuses: new, active, paused, resolved, closed')
            [CompletionResult]::new('-k', '-k', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'Of this kind: incident or request')
            [CompletionResult]::new('--channel', '--channel', [CompletionResultType]::ParameterName, 'That came by this channel')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('--tier', '--tier', [CompletionResultType]::ParameterName, 'At this tier: L1, L2, L3')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--assignee', '--assignee', [CompletionResultType]::ParameterName, 'Assigned to this agent')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'In this category or below it')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('--priority', '--priority', [CompletionResultType]::ParameterName, 'Of this priority: P1, P2 …')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--requester', '--requester', [CompletionResultType]::ParameterName, 'Whose name or contact has this in it')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'Whose title has this in it')
            [CompletionResult]::new('--opened-after', '--opened-after', [CompletionResultType]::ParameterName, 'Opened at or after this time')
            [CompletionResult]::new('--opened-before', '--opened-before', [CompletionResultType]::ParameterName, 'Opened before this time')
            [CompletionResult]::new('--resolved-after', '--resolved-after', [CompletionResultType]::ParameterName, 'Resolved at or after this time')
            [CompletionResult]::new('--resolved-before', '--resolved-before', [CompletionResultType]::ParameterName, 'Resolved before this time')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-A', '-A ', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Closed ones too')
            [CompletionResult]::new('--known-errors', '--known-errors', [CompletionResultType]::ParameterName, 'Marked as known errors, closed ones too')
            [CompletionResult]::new('-m', '-m', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--mine', '--mine', [CompletionResultType]::ParameterName, 'Assigned to you')
            [CompletionResult]::new('--unassigned', '--unassigned', [CompletionResultType]::ParameterName, 'Assigned to nobody')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;init' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;import' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'The mapping: a TOML file, or a built-in one: servicenow-events, servicenow, rt, zammad, glpi, jira')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--suggest', '--suggest', [CompletionResultType]::ParameterName, 'Take in nothing: print a first mapping for the file instead')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Take in nothing if there is anything that is refused or not understood')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;export' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;verify' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--head', '--head', [CompletionResultType]::ParameterName, 'A head printed by an earlier check; it must still be in the chain')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;reindex' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;backup' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;restore' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;calendar' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the calendars')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the hours of a calendar, and what is to come')
            [CompletionResult]::new('due', 'due', [CompletionResultType]::ParameterValue, 'Say when a target is used up')
            [CompletionResult]::new('elapsed', 'elapsed', [CompletionResultType]::ParameterValue, 'Say how much open time lies between two times')
            [CompletionResult]::new('open-at', 'open-at', [CompletionResultType]::ParameterValue, 'Say whether a calendar is open at a time')
            [CompletionResult]::new('next-open', 'next-open', [CompletionResultType]::ParameterValue, 'Say when a calendar opens next: at that time, if it is open')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'desk;calendar;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Use the calendars of this policy document, and no store')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;calendar;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Use the calendars of this policy document, and no store')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;calendar;due' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--calendar', '--calendar', [CompletionResultType]::ParameterName, 'The name of the calendar')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Use the calendars of this policy document, and no store')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'When it begins; without a zone, in the display zone')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'How much open time is allowed')
            [CompletionResult]::new('--pause', '--pause', [CompletionResultType]::ParameterName, 'Leave this time out; may be given several times')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;calendar;elapsed' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--calendar', '--calendar', [CompletionResultType]::ParameterName, 'The name of the calendar')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Use the calendars of this policy document, and no store')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'When it begins; without a zone, in the display zone')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'When it ends; without a zone, in the display zone')
            [CompletionResult]::new('--pause', '--pause', [CompletionResultType]::ParameterName, 'Leave this time out; may be given several times')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;calendar;open-at' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--calendar', '--calendar', [CompletionResultType]::ParameterName, 'The name of the calendar')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Use the calendars of this policy document, and no store')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time asked about; without a zone, in the display zone')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--exit-code', '--exit-code', [CompletionResultType]::ParameterName, 'Exit with 10 if it is open')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;calendar;next-open' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--calendar', '--calendar', [CompletionResultType]::ParameterName, 'The name of the calendar')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Use the calendars of this policy document, and no store')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time from which on to look; without a zone, in the display zone')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;calendar;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the calendars')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show the hours of a calendar, and what is to come')
            [CompletionResult]::new('due', 'due', [CompletionResultType]::ParameterValue, 'Say when a target is used up')
            [CompletionResult]::new('elapsed', 'elapsed', [CompletionResultType]::ParameterValue, 'Say how much open time lies between two times')
            [CompletionResult]::new('open-at', 'open-at', [CompletionResultType]::ParameterValue, 'Say whether a calendar is open at a time')
            [CompletionResult]::new('next-open', 'next-open', [CompletionResultType]::ParameterValue, 'Say when a calendar opens next: at that time, if it is open')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'desk;calendar;help;list' {
            break
        }
        'desk;calendar;help;show' {
            break
        }
        'desk;calendar;help;due' {
            break
        }
        'desk;calendar;help;elapsed' {
            break
        }
        'desk;calendar;help;open-at' {
            break
        }
        'desk;calendar;help;next-open' {
            break
        }
        'desk;calendar;help;help' {
            break
        }
        'desk;config' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;schema' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;completions' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('--static', '--static', [CompletionResultType]::ParameterName, 'A script that never runs desk')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;man' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use this store [env: DESK_DB]')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Act as this agent [env: DESK_AGENT]')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Act as if it were that moment [env: DESK_AT]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print as table, json, jsonl, csv or ids')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Use colour: auto, always or never')
            [CompletionResult]::new('--tz', '--tz', [CompletionResultType]::ParameterName, 'Read and show local times in this zone, such as Europe/Berlin')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON, short for --format json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say less: no hints, no confirmations')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask; fail where a value is missing')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Never page long output')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'desk;help' {
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Open a ticket')
            [CompletionResult]::new('identify', 'identify', [CompletionResultType]::ParameterValue, 'Say whether it is an incident or a request')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Record a step taken, symptoms, or a correction')
            [CompletionResult]::new('categorize', 'categorize', [CompletionResultType]::ParameterValue, 'Put it into its category')
            [CompletionResult]::new('prioritize', 'prioritize', [CompletionResultType]::ParameterValue, 'Rate impact and urgency; the priority follows')
            [CompletionResult]::new('diagnose', 'diagnose', [CompletionResultType]::ParameterValue, 'Ask the questions of its category, or record what was found')
            [CompletionResult]::new('investigate', 'investigate', [CompletionResultType]::ParameterValue, 'Propose, confirm or refute a hypothesis')
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Assign it to an agent')
            [CompletionResult]::new('take', 'take', [CompletionResultType]::ParameterValue, 'Assign it to yourself, if nobody has it')
            [CompletionResult]::new('unassign', 'unassign', [CompletionResultType]::ParameterValue, 'Give it back to the queue')
            [CompletionResult]::new('escalate', 'escalate', [CompletionResultType]::ParameterValue, 'Hand it to another tier, or tell a manager')
            [CompletionResult]::new('call', 'call', [CompletionResultType]::ParameterValue, 'Arrange a call, or say how it went')
            [CompletionResult]::new('pause', 'pause', [CompletionResultType]::ParameterValue, 'Stop the resolution clock while waiting')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Go on after a pause')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Resolve it')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Record who confirmed that the service is restored')
            [CompletionResult]::new('close', 'close', [CompletionResultType]::ParameterValue, 'Close it')
            [CompletionResult]::new('reopen', 'reopen', [CompletionResultType]::ParameterValue, 'Take up again what was resolved, closed or merged')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Merge tickets into another one')
            [CompletionResult]::new('link', 'link', [CompletionResultType]::ParameterValue, 'Link it to its parent, a child or a related ticket')
            [CompletionResult]::new('known-errors', 'known-errors', [CompletionResultType]::ParameterValue, 'List known errors and their workarounds, or mark a ticket')
            [CompletionResult]::new('reply', 'reply', [CompletionResultType]::ParameterValue, 'Send a public message, or record what the requester said')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List tickets, what breaches next first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show all about a ticket')
            [CompletionResult]::new('sla', 'sla', [CompletionResultType]::ParameterValue, 'Show how the open tickets stand against their promises')
            [CompletionResult]::new('overdue', 'overdue', [CompletionResultType]::ParameterValue, 'List tickets with a clock past its due time')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find tickets by what is written on them')
            [CompletionResult]::new('similar', 'similar', [CompletionResultType]::ParameterValue, 'Find past tickets like this one, and how they were resolved')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Report how the desk did: volume, promises kept, turnaround, quality')
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Show, check and change what the desk decides for itself')
            [CompletionResult]::new('sweep', 'sweep', [CompletionResultType]::ParameterValue, 'Warn, escalate, wake and close what is due')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Tell a monitoring system how the desk stands')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Create a store')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take in tickets of another store')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write everything out, for another store or a spreadsheet')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check the whole store for damage and tampering')
            [CompletionResult]::new('reindex', 'reindex', [CompletionResultType]::ParameterValue, 'Write the search index anew')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Write a copy of the store')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a copy in the place of the store')
            [CompletionResult]::new('calendar', 'calendar', [CompletionResultType]::ParameterValue, 'Ask the calendars when time counts')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show every setting and where it comes from')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of an output')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the manual pages')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'desk;help;open' {
            break
        }
        'desk;help;identify' {
            break
        }
        'desk;help;log' {
            break
        }
        'desk;help;categorize' {
            break
        }
        'desk;help;prioritize' {
            break
        }
        'desk;help;diagnose' {
            break
        }
        'desk;help;investigate' {
            break
        }
        'desk;help;assign' {
            break
        }
        'desk;help;take' {
            break
        }
        'desk;help;unassign' {
            break
        }
        'desk;help;escalate' {
            break
        }
        'desk;help;call' {
            break
        }
        'desk;help;pause' {
            break
        }
        'desk;help;resume' {
            break
        }
        'desk;help;resolve' {
            break
        }
        'desk;help;confirm' {
            break
        }
        'desk;help;close' {
            break
        }
        'desk;help;reopen' {
            break
        }
        'desk;help;merge' {
            break
        }
        'desk;help;link' {
            break
        }
        'desk;help;known-errors' {
            break
        }
        'desk;help;reply' {
            break
        }
        'desk;help;list' {
            break
        }
        'desk;help;show' {
            break
        }
        'desk;help;sla' {
            break
        }
        'desk;help;overdue' {
            break
        }
        'desk;help;search' {
            break
        }
        'desk;help;similar' {
            break
        }
        'desk;help;report' {
            break
        }
        'desk;help;policy' {
            break
        }
        'desk;help;sweep' {
            break
        }
        'desk;help;check' {
            break
        }
        'desk;help;init' {
            break
        }
        'desk;help;import' {
            break
        }
        'desk;help;export' {
            break
        }
        'desk;help;verify' {
            break
        }
        'desk;help;reindex' {
            break
        }
        'desk;help;backup' {
            break
        }
        'desk;help;restore' {
            break
        }
        'desk;help;calendar' {
            break
        }
        'desk;help;config' {
            break
        }
        'desk;help;schema' {
            break
        }
        'desk;help;completions' {
            break
        }
        'desk;help;man' {
            break
        }
        'desk;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
