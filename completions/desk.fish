# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_desk_global_optspecs
    string join \n db= as= at= format= json color= tz= q/quiet no-input no-pager h/help V/version
end

function __fish_desk_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_desk_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_desk_using_subcommand
    set -l cmd (__fish_desk_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c desk -n "__fish_desk_needs_command" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_needs_command" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_needs_command" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_needs_command" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_needs_command" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_needs_command" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_needs_command" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_needs_command" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_needs_command" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_needs_command" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_needs_command" -s V -l version -d 'Print version'
complete -c desk -n "__fish_desk_needs_command" -f -a "open" -d 'Open a ticket'
complete -c desk -n "__fish_desk_needs_command" -f -a "identify" -d 'Say whether it is an incident or a request'
complete -c desk -n "__fish_desk_needs_command" -f -a "log" -d 'Record a step taken, symptoms, or a correction'
complete -c desk -n "__fish_desk_needs_command" -f -a "categorize" -d 'Put it into its category'
complete -c desk -n "__fish_desk_needs_command" -f -a "prioritize" -d 'Rate impact and urgency; the priority follows'
complete -c desk -n "__fish_desk_needs_command" -f -a "diagnose" -d 'Ask the questions of its category, or record what was found'
complete -c desk -n "__fish_desk_needs_command" -f -a "investigate" -d 'Propose, confirm or refute a hypothesis'
complete -c desk -n "__fish_desk_needs_command" -f -a "assign" -d 'Assign it to an agent'
complete -c desk -n "__fish_desk_needs_command" -f -a "take" -d 'Assign it to yourself, if nobody has it'
complete -c desk -n "__fish_desk_needs_command" -f -a "unassign" -d 'Give it back to the queue'
complete -c desk -n "__fish_desk_needs_command" -f -a "escalate" -d 'Hand it to another tier, or tell a manager'
complete -c desk -n "__fish_desk_needs_command" -f -a "call" -d 'Arrange a call, or say how it went'
complete -c desk -n "__fish_desk_needs_command" -f -a "pause" -d 'Stop the resolution clock while waiting'
complete -c desk -n "__fish_desk_needs_command" -f -a "resume" -d 'Go on after a pause'
complete -c desk -n "__fish_desk_needs_command" -f -a "resolve" -d 'Resolve it'
complete -c desk -n "__fish_desk_needs_command" -f -a "confirm" -d 'Record who confirmed that the service is restored'
complete -c desk -n "__fish_desk_needs_command" -f -a "close" -d 'Close it'
complete -c desk -n "__fish_desk_needs_command" -f -a "reopen" -d 'Take up again what was resolved, closed or merged'
complete -c desk -n "__fish_desk_needs_command" -f -a "merge" -d 'Merge tickets into another one'
complete -c desk -n "__fish_desk_needs_command" -f -a "link" -d 'Link it to its parent, a child or a related ticket'
complete -c desk -n "__fish_desk_needs_command" -f -a "known-errors" -d 'List known errors and their workarounds, or mark a ticket'
complete -c desk -n "__fish_desk_needs_command" -f -a "reply" -d 'Send a public message, or record what the requester said'
complete -c desk -n "__fish_desk_needs_command" -f -a "list" -d 'List tickets, what breaches next first'
complete -c desk -n "__fish_desk_needs_command" -f -a "show" -d 'Show all about a ticket'
complete -c desk -n "__fish_desk_needs_command" -f -a "sla" -d 'Show how the open tickets stand against their promises'
complete -c desk -n "__fish_desk_needs_command" -f -a "overdue" -d 'List tickets with a clock past its due time'
complete -c desk -n "__fish_desk_needs_command" -f -a "search" -d 'Find tickets by what is written on them'
complete -c desk -n "__fish_desk_needs_command" -f -a "similar" -d 'Find past tickets like this one, and how they were resolved'
complete -c desk -n "__fish_desk_needs_command" -f -a "report" -d 'Report how the desk did: volume, promises kept, turnaround, quality'
complete -c desk -n "__fish_desk_needs_command" -f -a "policy" -d 'Show, check and change what the desk decides for itself'
complete -c desk -n "__fish_desk_needs_command" -f -a "sweep" -d 'Warn, escalate, wake and close what is due'
complete -c desk -n "__fish_desk_needs_command" -f -a "check" -d 'Tell a monitoring system how the desk stands'
complete -c desk -n "__fish_desk_needs_command" -f -a "init" -d 'Create a store'
complete -c desk -n "__fish_desk_needs_command" -f -a "import" -d 'Take in tickets of another store or system'
complete -c desk -n "__fish_desk_needs_command" -f -a "export" -d 'Write everything out, for another store or a spreadsheet'
complete -c desk -n "__fish_desk_needs_command" -f -a "verify" -d 'Check the whole store for damage and tampering'
complete -c desk -n "__fish_desk_needs_command" -f -a "reindex" -d 'Write the search index anew'
complete -c desk -n "__fish_desk_needs_command" -f -a "backup" -d 'Write a copy of the store'
complete -c desk -n "__fish_desk_needs_command" -f -a "restore" -d 'Put a copy in the place of the store'
complete -c desk -n "__fish_desk_needs_command" -f -a "calendar" -d 'Ask the calendars when time counts'
complete -c desk -n "__fish_desk_needs_command" -f -a "config" -d 'Show every setting and where it comes from'
complete -c desk -n "__fish_desk_needs_command" -f -a "schema" -d 'Print the JSON Schema of an output'
complete -c desk -n "__fish_desk_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c desk -n "__fish_desk_needs_command" -f -a "man" -d 'Write the manual pages'
complete -c desk -n "__fish_desk_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c desk -n "__fish_desk_using_subcommand open" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand open" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand open" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand open" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand open" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand open" -s r -l requester -d 'Who is affected: "Name <mail or phone>"' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l contact -d 'Mail address or phone number of the requester' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l language -d 'Language of the requester, such as de or pt-BR' -r
complete -c desk -n "__fish_desk_using_subcommand open" -s c -l channel -d 'How it came: phone, walk-in, email, chat, portal, monitoring, other' -r
complete -c desk -n "__fish_desk_using_subcommand open" -s k -l kind -d 'What it is: incident or request' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l onset -d 'Whether it occurred or is anticipated (a warning sign)' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l symptom -d 'A symptom; may be given several times' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l affected -d 'An affected service, device or place; may be given several times' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l began -d 'When the trouble began' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l category -d 'Category, such as network/vpn' -r
complete -c desk -n "__fish_desk_using_subcommand open" -s u -l users -d 'Impact on the users: high, medium or low' -r
complete -c desk -n "__fish_desk_using_subcommand open" -s b -l business -d 'Impact on the business: high, medium or low' -r
complete -c desk -n "__fish_desk_using_subcommand open" -s g -l urgency -d 'How soon it must be dealt with: high, medium or low' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l assign -d 'Assign it to this agent' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l key -d 'A name for it, so that opening again with the same name opens it once' -r
complete -c desk -n "__fish_desk_using_subcommand open" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand open" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand open" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand open" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand open" -s e -l edit -d 'Write the description in the editor'
complete -c desk -n "__fish_desk_using_subcommand open" -l similar -d 'Show past tickets like it, also where no terminal is written to'
complete -c desk -n "__fish_desk_using_subcommand open" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand identify" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand identify" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand identify" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand identify" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand identify" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand identify" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand identify" -l onset -d 'Whether it occurred or is anticipated (a warning sign)' -r
complete -c desk -n "__fish_desk_using_subcommand identify" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand identify" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand identify" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand identify" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand identify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand log" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand log" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand log" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand log" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand log" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand log" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand log" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand log" -l symptom -d 'A symptom; may be given several times' -r
complete -c desk -n "__fish_desk_using_subcommand log" -l affected -d 'An affected service, device or place; may be given several times' -r
complete -c desk -n "__fish_desk_using_subcommand log" -l began -d 'When the trouble began' -r
complete -c desk -n "__fish_desk_using_subcommand log" -l title -d 'Correct the title' -r
complete -c desk -n "__fish_desk_using_subcommand log" -s r -l requester -d 'Correct who is affected: "Name <mail or phone>"' -r
complete -c desk -n "__fish_desk_using_subcommand log" -l contact -d 'Correct the mail address or phone number' -r
complete -c desk -n "__fish_desk_using_subcommand log" -l language -d 'Correct the language' -r
complete -c desk -n "__fish_desk_using_subcommand log" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand log" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand log" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand log" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand log" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand categorize" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand categorize" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand categorize" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand categorize" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand categorize" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand categorize" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand categorize" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand categorize" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand categorize" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand categorize" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand categorize" -l similar -d 'Show past tickets like it, also where no terminal is written to'
complete -c desk -n "__fish_desk_using_subcommand categorize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand prioritize" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand prioritize" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand prioritize" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand prioritize" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand prioritize" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand prioritize" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand prioritize" -s u -l users -d 'Impact on the users: high, medium or low' -r
complete -c desk -n "__fish_desk_using_subcommand prioritize" -s b -l business -d 'Impact on the business: high, medium or low' -r
complete -c desk -n "__fish_desk_using_subcommand prioritize" -s g -l urgency -d 'How soon it must be dealt with: high, medium or low' -r
complete -c desk -n "__fish_desk_using_subcommand prioritize" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand prioritize" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand prioritize" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand prioritize" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand prioritize" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand diagnose" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand diagnose" -s a -l answer -d 'An answer, by the key of a question or to one of your own; may be given several times' -r
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l answers -d 'Answers by key, as TOML or JSON; - for stdin' -r
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l extent -d 'How far it reaches: who and how many' -r
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l affected -d 'An affected service, device or place; may be given several times' -r
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand diagnose" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l again -d 'Ask all questions again, also those that are answered'
complete -c desk -n "__fish_desk_using_subcommand diagnose" -l questions -d 'List the questions of the ticket\'s category, and their answers'
complete -c desk -n "__fish_desk_using_subcommand diagnose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand investigate" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand investigate" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand investigate" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand investigate" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand investigate" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand investigate" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand investigate" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand investigate" -l confirm -d 'The hypothesis turned out right; the number may be left out if only one is open' -r
complete -c desk -n "__fish_desk_using_subcommand investigate" -l refute -d 'The hypothesis turned out wrong' -r
complete -c desk -n "__fish_desk_using_subcommand investigate" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand investigate" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand investigate" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand investigate" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand investigate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand assign" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand assign" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand assign" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand assign" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand assign" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand assign" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand assign" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand assign" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand assign" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand assign" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand assign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand take" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand take" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand take" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand take" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand take" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand take" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand take" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand take" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand take" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand take" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand take" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand unassign" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand unassign" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand unassign" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand unassign" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand unassign" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand unassign" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand unassign" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand unassign" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand unassign" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand unassign" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand unassign" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand unassign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand escalate" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand escalate" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand escalate" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand escalate" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand escalate" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand escalate" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand escalate" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand escalate" -l to -d 'Assign it to this agent there' -r
complete -c desk -n "__fish_desk_using_subcommand escalate" -l manager -d 'Keep the tier and record that this manager was told' -r
complete -c desk -n "__fish_desk_using_subcommand escalate" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand escalate" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand escalate" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand escalate" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand escalate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand call" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand call" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand call" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand call" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand call" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand call" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand call" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand call" -l when -d 'Arrange one for this time' -r
complete -c desk -n "__fish_desk_using_subcommand call" -l by -d 'By phone or video' -r
complete -c desk -n "__fish_desk_using_subcommand call" -l held -d 'It was held; the number may be left out if only one is arranged' -r
complete -c desk -n "__fish_desk_using_subcommand call" -l cancelled -d 'It was cancelled' -r
complete -c desk -n "__fish_desk_using_subcommand call" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand call" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand call" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand call" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand call" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand pause" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand pause" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand pause" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand pause" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand pause" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand pause" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand pause" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand pause" -l until -d 'When to go on at the latest; from then on lists show it as "to resume"' -r
complete -c desk -n "__fish_desk_using_subcommand pause" -l ask -d 'Send this public question to the requester' -r
complete -c desk -n "__fish_desk_using_subcommand pause" -l reason -d 'Why the gates are passed' -r
complete -c desk -n "__fish_desk_using_subcommand pause" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand pause" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand pause" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand pause" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand pause" -l force -d 'Pass the gates that are not satisfied, on the record'
complete -c desk -n "__fish_desk_using_subcommand pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand resume" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand resume" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand resume" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand resume" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand resume" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand resume" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand resume" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand resume" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand resume" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand resume" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand resume" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand resolve" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand resolve" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand resolve" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand resolve" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand resolve" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand resolve" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand resolve" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand resolve" -s c -l code -d 'How it ended: solved, workaround, fulfilled, not-reproducible, no-fault, withdrawn or duplicate [default: solved, or fulfilled for a request]' -r
complete -c desk -n "__fish_desk_using_subcommand resolve" -l workaround -d 'The workaround of the known error [default: the text]' -r
complete -c desk -n "__fish_desk_using_subcommand resolve" -l cause -d 'The cause of the known error [default: the confirmed hypothesis]' -r
complete -c desk -n "__fish_desk_using_subcommand resolve" -l restored-by -d 'Who confirmed that the service is restored' -r
complete -c desk -n "__fish_desk_using_subcommand resolve" -l tell -d 'Send this public message to the requester as well' -r
complete -c desk -n "__fish_desk_using_subcommand resolve" -l reason -d 'Why the gates are passed' -r
complete -c desk -n "__fish_desk_using_subcommand resolve" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand resolve" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand resolve" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand resolve" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand resolve" -l known-error -d 'Mark it as a known error, which helps with others like it'
complete -c desk -n "__fish_desk_using_subcommand resolve" -l force -d 'Pass the gates that are not satisfied, on the record'
complete -c desk -n "__fish_desk_using_subcommand resolve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand confirm" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand confirm" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand confirm" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand confirm" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand confirm" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand confirm" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand confirm" -l by -d 'Who confirmed it' -r
complete -c desk -n "__fish_desk_using_subcommand confirm" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand confirm" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand confirm" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand confirm" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand confirm" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand close" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand close" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand close" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand close" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand close" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand close" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand close" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand close" -s s -l satisfaction -d 'How satisfied the requester is, from 1 (not at all) to 5 (fully)' -r
complete -c desk -n "__fish_desk_using_subcommand close" -l restored-by -d 'Who confirmed that the service is restored' -r
complete -c desk -n "__fish_desk_using_subcommand close" -l tell -d 'Send this public message to the requester as well' -r
complete -c desk -n "__fish_desk_using_subcommand close" -l reason -d 'Why the gates are passed' -r
complete -c desk -n "__fish_desk_using_subcommand close" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand close" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand close" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand close" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand close" -l force -d 'Pass the gates that are not satisfied, on the record'
complete -c desk -n "__fish_desk_using_subcommand close" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand reopen" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand reopen" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand reopen" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand reopen" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand reopen" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand reopen" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand reopen" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand reopen" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand reopen" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand reopen" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand reopen" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand reopen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand merge" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand merge" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand merge" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand merge" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand merge" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand merge" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand merge" -l into -d 'The ticket that survives' -r
complete -c desk -n "__fish_desk_using_subcommand merge" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand merge" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand merge" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand merge" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand merge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand link" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand link" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand link" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand link" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand link" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand link" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand link" -l parent -d 'That ticket is its parent' -r
complete -c desk -n "__fish_desk_using_subcommand link" -l child -d 'That ticket is its child' -r
complete -c desk -n "__fish_desk_using_subcommand link" -l related -d 'That ticket is related' -r
complete -c desk -n "__fish_desk_using_subcommand link" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand link" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand link" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand link" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand link" -l remove -d 'Take the link back'
complete -c desk -n "__fish_desk_using_subcommand link" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -l category -d 'In this category or below it' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -f -a "add" -d 'Mark a resolved or closed ticket as a known error'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -f -a "remove" -d 'Withdraw it: the ticket is no longer a known error'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and not __fish_seen_subcommand_from add remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -l cause -d 'What causes it [default: the confirmed hypothesis]' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -l reason -d 'Why' -r
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from help" -f -a "add"
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from help" -f -a "remove"
complete -c desk -n "__fish_desk_using_subcommand known-errors; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c desk -n "__fish_desk_using_subcommand reply" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand reply" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand reply" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand reply" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand reply" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand reply" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand reply" -s m -l message -d 'The text, or - to read it from stdin' -r
complete -c desk -n "__fish_desk_using_subcommand reply" -l via -d 'How it went or came [default: as the ticket came]' -r
complete -c desk -n "__fish_desk_using_subcommand reply" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand reply" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand reply" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand reply" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand reply" -l from-requester -d 'The requester said it; it wakes a paused ticket'
complete -c desk -n "__fish_desk_using_subcommand reply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand list" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand list" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand list" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand list" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand list" -s s -l status -d 'In these statuses: new, active, paused, resolved, closed' -r
complete -c desk -n "__fish_desk_using_subcommand list" -s k -l kind -d 'Of this kind: incident or request' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l channel -d 'That came by this channel' -r
complete -c desk -n "__fish_desk_using_subcommand list" -s t -l tier -d 'At this tier: L1, L2, L3' -r
complete -c desk -n "__fish_desk_using_subcommand list" -s a -l assignee -d 'Assigned to this agent' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l category -d 'In this category or below it' -r
complete -c desk -n "__fish_desk_using_subcommand list" -s p -l priority -d 'Of this priority: P1, P2 …' -r
complete -c desk -n "__fish_desk_using_subcommand list" -s r -l requester -d 'Whose name or contact has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l title -d 'Whose title has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l opened-after -d 'Opened at or after this time' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l opened-before -d 'Opened before this time' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l resolved-after -d 'Resolved at or after this time' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l resolved-before -d 'Resolved before this time' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l sort -d 'Sort by due, id, priority, opened, updated or resolved [default: due]' -r
complete -c desk -n "__fish_desk_using_subcommand list" -s n -l limit -d 'At most this many; 0 for all [default: 50 in a table, else all]' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l columns -d 'These columns, in this order' -r
complete -c desk -n "__fish_desk_using_subcommand list" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand list" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand list" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand list" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand list" -s A -l all -d 'Closed ones too'
complete -c desk -n "__fish_desk_using_subcommand list" -l known-errors -d 'Marked as known errors, closed ones too'
complete -c desk -n "__fish_desk_using_subcommand list" -s m -l mine -d 'Assigned to you'
complete -c desk -n "__fish_desk_using_subcommand list" -l unassigned -d 'Assigned to nobody'
complete -c desk -n "__fish_desk_using_subcommand list" -l overdue -d 'With a clock past its due time'
complete -c desk -n "__fish_desk_using_subcommand list" -l at-risk -d 'With a clock past its first warning level, and none overdue'
complete -c desk -n "__fish_desk_using_subcommand list" -l reverse -d 'The other way round'
complete -c desk -n "__fish_desk_using_subcommand list" -l no-header -d 'Without the line of column names'
complete -c desk -n "__fish_desk_using_subcommand list" -l count -d 'Only say how many there are'
complete -c desk -n "__fish_desk_using_subcommand list" -l ids -d 'Only the numbers, one a line, short for --format ids'
complete -c desk -n "__fish_desk_using_subcommand list" -l exit-code -d 'Exit with 10 if there are any'
complete -c desk -n "__fish_desk_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand show" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand show" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand show" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand show" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand show" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand show" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand show" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand show" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand show" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand show" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand show" -l brief -d 'Print the hand-over for the next line, in Markdown'
complete -c desk -n "__fish_desk_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l by -d 'Count by priority, tier, assignee or category [default: priority]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l due-within -d 'Only those overdue, or with a clock due within this time' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l watch -d 'Show it again every so many seconds, until Ctrl-C [default: 10]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s s -l status -d 'In these statuses: new, active, paused, resolved, closed' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s k -l kind -d 'Of this kind: incident or request' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l channel -d 'That came by this channel' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s t -l tier -d 'At this tier: L1, L2, L3' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s a -l assignee -d 'Assigned to this agent' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l category -d 'In this category or below it' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s p -l priority -d 'Of this priority: P1, P2 …' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s r -l requester -d 'Whose name or contact has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l title -d 'Whose title has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l opened-after -d 'Opened at or after this time' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l opened-before -d 'Opened before this time' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l resolved-after -d 'Resolved at or after this time' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l resolved-before -d 'Resolved before this time' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l sort -d 'Sort by due, id, priority, opened, updated or resolved [default: due]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s n -l limit -d 'At most this many; 0 for all [default: 50 in a table, else all]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l columns -d 'These columns, in this order' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s A -l all -d 'Closed ones too'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l known-errors -d 'Marked as known errors, closed ones too'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s m -l mine -d 'Assigned to you'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l unassigned -d 'Assigned to nobody'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l reverse -d 'The other way round'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l no-header -d 'Without the line of column names'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l count -d 'Only say how many there are'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l ids -d 'Only the numbers, one a line, short for --format ids'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -l exit-code -d 'Exit with 10 if there are any'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -f -a "explain" -d 'The tickets a command acts on'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -f -a "what-if" -d 'Say which open tickets another policy would give other promises'
complete -c desk -n "__fish_desk_using_subcommand sla; and not __fish_seen_subcommand_from explain what-if help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -l clock -d 'Only this clock: response, update or resolution; may be given several times [default: each]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -l policy -d 'The policy document' -r -F
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from what-if" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "explain" -d 'Reckon the clocks of tickets line by line'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "what-if" -d 'Say which open tickets another policy would give other promises'
complete -c desk -n "__fish_desk_using_subcommand sla; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c desk -n "__fish_desk_using_subcommand overdue" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand overdue" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand overdue" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand overdue" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l within -d 'Also those that will be overdue within this time' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -s s -l status -d 'In these statuses: new, active, paused, resolved, closed' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -s k -l kind -d 'Of this kind: incident or request' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l channel -d 'That came by this channel' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -s t -l tier -d 'At this tier: L1, L2, L3' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -s a -l assignee -d 'Assigned to this agent' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l category -d 'In this category or below it' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -s p -l priority -d 'Of this priority: P1, P2 …' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -s r -l requester -d 'Whose name or contact has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l title -d 'Whose title has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l opened-after -d 'Opened at or after this time' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l opened-before -d 'Opened before this time' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l resolved-after -d 'Resolved at or after this time' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l resolved-before -d 'Resolved before this time' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l sort -d 'Sort by due, id, priority, opened, updated or resolved [default: due]' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -s n -l limit -d 'At most this many; 0 for all [default: 50 in a table, else all]' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l columns -d 'These columns, in this order' -r
complete -c desk -n "__fish_desk_using_subcommand overdue" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand overdue" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand overdue" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand overdue" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand overdue" -s A -l all -d 'Closed ones too'
complete -c desk -n "__fish_desk_using_subcommand overdue" -l known-errors -d 'Marked as known errors, closed ones too'
complete -c desk -n "__fish_desk_using_subcommand overdue" -s m -l mine -d 'Assigned to you'
complete -c desk -n "__fish_desk_using_subcommand overdue" -l unassigned -d 'Assigned to nobody'
complete -c desk -n "__fish_desk_using_subcommand overdue" -l reverse -d 'The other way round'
complete -c desk -n "__fish_desk_using_subcommand overdue" -l no-header -d 'Without the line of column names'
complete -c desk -n "__fish_desk_using_subcommand overdue" -l count -d 'Only say how many there are'
complete -c desk -n "__fish_desk_using_subcommand overdue" -l ids -d 'Only the numbers, one a line, short for --format ids'
complete -c desk -n "__fish_desk_using_subcommand overdue" -l exit-code -d 'Exit with 10 if there are any'
complete -c desk -n "__fish_desk_using_subcommand overdue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand search" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand search" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand search" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand search" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand search" -s s -l status -d 'In these statuses: new, active, paused, resolved, closed' -r
complete -c desk -n "__fish_desk_using_subcommand search" -s k -l kind -d 'Of this kind: incident or request' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l channel -d 'That came by this channel' -r
complete -c desk -n "__fish_desk_using_subcommand search" -s t -l tier -d 'At this tier: L1, L2, L3' -r
complete -c desk -n "__fish_desk_using_subcommand search" -s a -l assignee -d 'Assigned to this agent' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l category -d 'In this category or below it' -r
complete -c desk -n "__fish_desk_using_subcommand search" -s p -l priority -d 'Of this priority: P1, P2 …' -r
complete -c desk -n "__fish_desk_using_subcommand search" -s r -l requester -d 'Whose name or contact has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l title -d 'Whose title has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l opened-after -d 'Opened at or after this time' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l opened-before -d 'Opened before this time' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l resolved-after -d 'Resolved at or after this time' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l resolved-before -d 'Resolved before this time' -r
complete -c desk -n "__fish_desk_using_subcommand search" -s n -l limit -d 'At most this many; 0 for all [default: 20 in a table, else all]' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l columns -d 'A plain list with these columns, in this order' -r
complete -c desk -n "__fish_desk_using_subcommand search" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand search" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand search" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand search" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand search" -s A -l all -d 'Closed ones too'
complete -c desk -n "__fish_desk_using_subcommand search" -l known-errors -d 'Marked as known errors, closed ones too'
complete -c desk -n "__fish_desk_using_subcommand search" -s m -l mine -d 'Assigned to you'
complete -c desk -n "__fish_desk_using_subcommand search" -l unassigned -d 'Assigned to nobody'
complete -c desk -n "__fish_desk_using_subcommand search" -l no-header -d 'Without the line of column names'
complete -c desk -n "__fish_desk_using_subcommand search" -l count -d 'Only say how many tickets have all of it'
complete -c desk -n "__fish_desk_using_subcommand search" -l ids -d 'Only the numbers, one a line, short for --format ids'
complete -c desk -n "__fish_desk_using_subcommand search" -l exit-code -d 'Exit with 10 if a ticket has all of it'
complete -c desk -n "__fish_desk_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand similar" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand similar" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand similar" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand similar" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand similar" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand similar" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand similar" -s t -l text -d 'Compare with this text, such as the words of a caller; - reads stdin' -r
complete -c desk -n "__fish_desk_using_subcommand similar" -s n -l limit -d 'At most this many [default: 10]' -r
complete -c desk -n "__fish_desk_using_subcommand similar" -l evaluate -d 'Measure on questions with known answers: a line each with the question, a tab, and the ticket numbers that answer it (with --categories: the right category); CSV and JSON Lines are taken too' -r
complete -c desk -n "__fish_desk_using_subcommand similar" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand similar" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand similar" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand similar" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand similar" -l categories -d 'Show the categories of similar tickets instead, the likeliest first'
complete -c desk -n "__fish_desk_using_subcommand similar" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand report" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand report" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand report" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand report" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand report" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand report" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand report" -l from -d 'From this time on [default: the first ticket]' -r
complete -c desk -n "__fish_desk_using_subcommand report" -l to -d 'Until just before this time [default: now]' -r
complete -c desk -n "__fish_desk_using_subcommand report" -l by -d 'A line a priority, tier, assignee, category, month, channel or kind [default: priority]' -r
complete -c desk -n "__fish_desk_using_subcommand report" -l html -d 'Write it as a page with charts into this file' -r -F
complete -c desk -n "__fish_desk_using_subcommand report" -s k -l kind -d 'Of this kind: incident or request' -r
complete -c desk -n "__fish_desk_using_subcommand report" -l channel -d 'That came by this channel' -r
complete -c desk -n "__fish_desk_using_subcommand report" -s t -l tier -d 'At this tier: L1, L2, L3' -r
complete -c desk -n "__fish_desk_using_subcommand report" -s a -l assignee -d 'Assigned to this agent' -r
complete -c desk -n "__fish_desk_using_subcommand report" -l category -d 'In this category or below it' -r
complete -c desk -n "__fish_desk_using_subcommand report" -s p -l priority -d 'Of this priority: P1, P2 …' -r
complete -c desk -n "__fish_desk_using_subcommand report" -s r -l requester -d 'Whose name or contact has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand report" -l title -d 'Whose title has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand report" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand report" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand report" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand report" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand report" -s m -l mine -d 'Assigned to you'
complete -c desk -n "__fish_desk_using_subcommand report" -l unassigned -d 'Assigned to nobody'
complete -c desk -n "__fish_desk_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -f -a "show" -d 'Print the policy in force'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -f -a "edit" -d 'Change the policy in the editor'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -f -a "check" -d 'Say what is wrong or odd with a document, and change nothing'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -f -a "set" -d 'Put a document in force'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -f -a "history" -d 'List the versions of the policy'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -f -a "diff" -d 'Show what differs between two versions'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -f -a "apply" -d 'Give open tickets the promises of the policy in force'
complete -c desk -n "__fish_desk_using_subcommand policy; and not __fish_seen_subcommand_from show edit check set history diff apply help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -l version -d 'Print this version instead; 1 is the built-in one' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -l dry-run -d 'Only say what would change'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print the policy in force'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change the policy in the editor'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "check" -d 'Say what is wrong or odd with a document, and change nothing'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "set" -d 'Put a document in force'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "history" -d 'List the versions of the policy'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Show what differs between two versions'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "apply" -d 'Give open tickets the promises of the policy in force'
complete -c desk -n "__fish_desk_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c desk -n "__fish_desk_using_subcommand sweep" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand sweep" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand sweep" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand sweep" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand sweep" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand sweep" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand sweep" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand sweep" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand sweep" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand sweep" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand sweep" -l dry-run -d 'Only tell what would be done'
complete -c desk -n "__fish_desk_using_subcommand sweep" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand check" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand check" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand check" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand check" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand check" -s w -l warning -d 'WARNING if the metric is not within this range [default: 0 for overdue and oldest-overdue]' -r
complete -c desk -n "__fish_desk_using_subcommand check" -s c -l critical -d 'CRITICAL if the metric is not within this range' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l metric -d 'What the ranges are for: overdue, at-risk, open, unassigned, or oldest-overdue in seconds or as 2h [default: overdue]' -r
complete -c desk -n "__fish_desk_using_subcommand check" -s s -l status -d 'In these statuses: new, active, paused, resolved, closed' -r
complete -c desk -n "__fish_desk_using_subcommand check" -s k -l kind -d 'Of this kind: incident or request' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l channel -d 'That came by this channel' -r
complete -c desk -n "__fish_desk_using_subcommand check" -s t -l tier -d 'At this tier: L1, L2, L3' -r
complete -c desk -n "__fish_desk_using_subcommand check" -s a -l assignee -d 'Assigned to this agent' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l category -d 'In this category or below it' -r
complete -c desk -n "__fish_desk_using_subcommand check" -s p -l priority -d 'Of this priority: P1, P2 …' -r
complete -c desk -n "__fish_desk_using_subcommand check" -s r -l requester -d 'Whose name or contact has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l title -d 'Whose title has this in it' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l opened-after -d 'Opened at or after this time' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l opened-before -d 'Opened before this time' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l resolved-after -d 'Resolved at or after this time' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l resolved-before -d 'Resolved before this time' -r
complete -c desk -n "__fish_desk_using_subcommand check" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand check" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand check" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand check" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand check" -s A -l all -d 'Closed ones too'
complete -c desk -n "__fish_desk_using_subcommand check" -l known-errors -d 'Marked as known errors, closed ones too'
complete -c desk -n "__fish_desk_using_subcommand check" -s m -l mine -d 'Assigned to you'
complete -c desk -n "__fish_desk_using_subcommand check" -l unassigned -d 'Assigned to nobody'
complete -c desk -n "__fish_desk_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand init" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand init" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand init" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand init" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand init" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand init" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand init" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand init" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand init" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand init" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand import" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand import" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand import" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand import" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand import" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand import" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand import" -l map -d 'The mapping: a TOML file, or a built-in one: servicenow-events, servicenow, rt, zammad, glpi, jira' -r -F
complete -c desk -n "__fish_desk_using_subcommand import" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand import" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand import" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand import" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand import" -l suggest -d 'Take in nothing: print a first mapping for the file instead'
complete -c desk -n "__fish_desk_using_subcommand import" -l strict -d 'Take in nothing if there is anything that is refused or not understood'
complete -c desk -n "__fish_desk_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand export" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand export" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand export" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand export" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand export" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand export" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand export" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand export" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand export" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand export" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand verify" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand verify" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand verify" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand verify" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand verify" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand verify" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand verify" -l head -d 'A head printed by an earlier check; it must still be in the chain' -r
complete -c desk -n "__fish_desk_using_subcommand verify" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand verify" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand verify" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand verify" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand reindex" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand reindex" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand reindex" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand reindex" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand reindex" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand reindex" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand reindex" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand reindex" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand reindex" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand reindex" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand reindex" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand backup" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand backup" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand backup" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand backup" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand backup" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand backup" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand backup" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand backup" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand backup" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand backup" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand restore" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand restore" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand restore" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand restore" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand restore" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand restore" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand restore" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand restore" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand restore" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand restore" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -f -a "list" -d 'List the calendars'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -f -a "show" -d 'Show the hours of a calendar, and what is to come'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -f -a "due" -d 'Say when a target is used up'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -f -a "elapsed" -d 'Say how much open time lies between two times'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -f -a "open-at" -d 'Say whether a calendar is open at a time'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -f -a "next-open" -d 'Say when a calendar opens next: at that time, if it is open'
complete -c desk -n "__fish_desk_using_subcommand calendar; and not __fish_seen_subcommand_from list show due elapsed open-at next-open help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -l policy -d 'Use the calendars of this policy document, and no store' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -l policy -d 'Use the calendars of this policy document, and no store' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l calendar -d 'The name of the calendar' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l policy -d 'Use the calendars of this policy document, and no store' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l from -d 'When it begins; without a zone, in the display zone' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l target -d 'How much open time is allowed' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l pause -d 'Leave this time out; may be given several times' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from due" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l calendar -d 'The name of the calendar' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l policy -d 'Use the calendars of this policy document, and no store' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l from -d 'When it begins; without a zone, in the display zone' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l to -d 'When it ends; without a zone, in the display zone' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l pause -d 'Leave this time out; may be given several times' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from elapsed" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l calendar -d 'The name of the calendar' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l policy -d 'Use the calendars of this policy document, and no store' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l time -d 'The time asked about; without a zone, in the display zone' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -l exit-code -d 'Exit with 10 if it is open'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from open-at" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l calendar -d 'The name of the calendar' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l policy -d 'Use the calendars of this policy document, and no store' -r -F
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l time -d 'The time from which on to look; without a zone, in the display zone' -r
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from next-open" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the calendars'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the hours of a calendar, and what is to come'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from help" -f -a "due" -d 'Say when a target is used up'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from help" -f -a "elapsed" -d 'Say how much open time lies between two times'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from help" -f -a "open-at" -d 'Say whether a calendar is open at a time'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from help" -f -a "next-open" -d 'Say when a calendar opens next: at that time, if it is open'
complete -c desk -n "__fish_desk_using_subcommand calendar; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c desk -n "__fish_desk_using_subcommand config" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand config" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand config" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand config" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand config" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand config" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand config" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand config" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand config" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand config" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand schema" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand schema" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand schema" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand schema" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand schema" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand schema" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand schema" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand schema" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand schema" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand schema" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand completions" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand completions" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand completions" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand completions" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand completions" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand completions" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand completions" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand completions" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand completions" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand completions" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand completions" -l static -d 'A script that never runs desk'
complete -c desk -n "__fish_desk_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand man" -l db -d 'Use this store [env: DESK_DB]' -r -F
complete -c desk -n "__fish_desk_using_subcommand man" -l as -d 'Act as this agent [env: DESK_AGENT]' -r
complete -c desk -n "__fish_desk_using_subcommand man" -l at -d 'Act as if it were that moment [env: DESK_AT]' -r
complete -c desk -n "__fish_desk_using_subcommand man" -l format -d 'Print as table, json, jsonl, csv or ids' -r -f -a "table\t''
json\t''
jsonl\t''
csv\t''
ids\t''"
complete -c desk -n "__fish_desk_using_subcommand man" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c desk -n "__fish_desk_using_subcommand man" -l tz -d 'Read and show local times in this zone, such as Europe/Berlin' -r
complete -c desk -n "__fish_desk_using_subcommand man" -l json -d 'Print JSON, short for --format json'
complete -c desk -n "__fish_desk_using_subcommand man" -s q -l quiet -d 'Say less: no hints, no confirmations'
complete -c desk -n "__fish_desk_using_subcommand man" -l no-input -d 'Never ask; fail where a value is missing'
complete -c desk -n "__fish_desk_using_subcommand man" -l no-pager -d 'Never page long output'
complete -c desk -n "__fish_desk_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "open" -d 'Open a ticket'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "identify" -d 'Say whether it is an incident or a request'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "log" -d 'Record a step taken, symptoms, or a correction'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "categorize" -d 'Put it into its category'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "prioritize" -d 'Rate impact and urgency; the priority follows'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "diagnose" -d 'Ask the questions of its category, or record what was found'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "investigate" -d 'Propose, confirm or refute a hypothesis'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "assign" -d 'Assign it to an agent'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "take" -d 'Assign it to yourself, if nobody has it'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "unassign" -d 'Give it back to the queue'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "escalate" -d 'Hand it to another tier, or tell a manager'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "call" -d 'Arrange a call, or say how it went'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "pause" -d 'Stop the resolution clock while waiting'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "resume" -d 'Go on after a pause'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "resolve" -d 'Resolve it'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "confirm" -d 'Record who confirmed that the service is restored'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "close" -d 'Close it'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "reopen" -d 'Take up again what was resolved, closed or merged'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "merge" -d 'Merge tickets into another one'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "link" -d 'Link it to its parent, a child or a related ticket'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "known-errors" -d 'List known errors and their workarounds, or mark a ticket'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "reply" -d 'Send a public message, or record what the requester said'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "list" -d 'List tickets, what breaches next first'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "show" -d 'Show all about a ticket'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "sla" -d 'Show how the open tickets stand against their promises'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "overdue" -d 'List tickets with a clock past its due time'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "search" -d 'Find tickets by what is written on them'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "similar" -d 'Find past tickets like this one, and how they were resolved'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "report" -d 'Report how the desk did: volume, promises kept, turnaround, quality'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "policy" -d 'Show, check and change what the desk decides for itself'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "sweep" -d 'Warn, escalate, wake and close what is due'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "check" -d 'Tell a monitoring system how the desk stands'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "init" -d 'Create a store'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "import" -d 'Take in tickets of another store'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "export" -d 'Write everything out, for another store or a spreadsheet'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "verify" -d 'Check the whole store for damage and tampering'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "reindex" -d 'Write the search index anew'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "backup" -d 'Write a copy of the store'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "restore" -d 'Put a copy in the place of the store'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "calendar" -d 'Ask the calendars when time counts'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "config" -d 'Show every setting and where it comes from'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "schema" -d 'Print the JSON Schema of an output'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "man" -d 'Write the manual pages'
complete -c desk -n "__fish_desk_using_subcommand help; and not __fish_seen_subcommand_from open identify log categorize prioritize diagnose investigate assign take unassign escalate call pause resume resolve confirm close reopen merge link known-errors reply list show sla overdue search similar report policy sweep check init import export verify reindex backup restore calendar config schema completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
