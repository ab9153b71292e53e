//! The words of column names and of values, in English, German, French,
//! Spanish, Portuguese, Italian and Dutch. Words are compared without marks
//! and in lower case; `*` stands for any ending, and before a word for any
//! beginning, as in compounds.

/// What a word of a column name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Concept {
    /// Means nothing by itself.
    Filler,
    Number,
    Ticket,
    Title,
    Name,
    Short,
    Description,
    Requester,
    Email,
    From,
    Channel,
    Kind,
    Status,
    Impact,
    Urgency,
    Priority,
    Category,
    Subcategory,
    Tier,
    Assignee,
    Group,
    Open,
    Update,
    Resolve,
    Close,
    By,
    Date,
    Code,
    Note,
    First,
    Last,
    Response,
    Item,
    Configuration,
    Satisfaction,
    Symptom,
    Creator,
    /// A duration, a count, a due date, another company: not what it seems.
    Other,
}

use Concept as C;

/// The words of each concept. Of several that fit, the first counts, so that
/// compounds come before their parts.
pub(super) const WORDS: &[(Concept, &str)] = &[
    (
        C::Other,
        "hrs hours minutes min mins inmin diff* duration age alter dauer duree duracion duracao \
         durata leeftijd eta edad idade count anzahl due overdue fallig* uberfallig* echeance vencim* \
         scadenza verval* sla* company organisation organization organizacion organizacao \
         organizzazione organisatie firma azienda empresa entreprise bedrijf entity entite entidad \
         entidade entita location lieu standort ubicacion reopen* reassign* interaction* approval \
         tags labels project projekt parent problem* business breach* made temps tiempo \
         tempo stations replies handle alert reminder domain external viewed lock* \
         sperr* escalat* eskalat* watcher* thread attachment* team equipe squadra handled \
         reactivat* fulfil* planned geplant*",
    ),
    (
        C::Subcategory,
        "subcategor* unterkategorie souscategorie sottocategoria subkategorie",
    ),
    (
        C::Title,
        "title titel titre titulo titolo subject betreff sujet objet asunto assunto oggetto onderwerp \
         summary zusammenfassung resume resumen resumo riepilogo sommario samenvatting \
         kurzbeschreibung headline ticketname ticketnaam shortdescription shortdesc",
    ),
    (C::Code, "code codigo codice *code closecode"),
    (
        C::Number,
        "id number nummer numero no nr num key schlussel cle clave chave chiave sleutel identifiant \
         identifier ticketnummer ticketid ticketno ticketnr incidentid caseid casenumber issuekey \
         vorgangsschlussel vorgangsnummer issuesleutel numer identificador identificativo \
         identificatore incidentnumber",
    ),
    (
        C::Kind,
        "type typ tipo kind issuetype tickettype *typ ticketart art vorgangstyp requesttype",
    ),
    (
        C::Status,
        "status state statut etat estado stato incidentstate ticketstatus ticketstate *status situacao",
    ),
    (
        C::Description,
        "description beschreibung descripcion descricao descrizione omschrijving beschrijving details \
         detail body content inhalt contenu contenido conteudo contenuto *beschreibung \
         *beschrijving message nachricht",
    ),
    (
        C::Requester,
        "caller callerid requester requestor requestors reporter customer customername customeruser* \
         customerrealname kunde kunden kundenname kundenbenutzer client cliente klant klantnaam \
         anrufer anfragesteller* anfragender antragsteller* melder demandeur appelant rapporteur \
         solicitante requerente richiedente chiamante aanvrager beller aanroeper informador relator \
         segnalatore berichterstatter autor user enduser benutzer utilisateur usuario utente \
         gebruiker contact kontakt contacto contato contatto submitter fullname requestedby \
         reportedby openedfor chamador llamada",
    ),
    (
        C::Email,
        "email mail emails correo courriel emailadresse mailadresse phone telefon* telephone \
         requesteremail",
    ),
    (
        C::Channel,
        "channel kanal canal canale kanaal source quelle fuente fonte origen origem origine origin \
         bron via uber tramite contacttype kontaktart contacttyp *quelle requestsource *bron",
    ),
    (C::Impact, "impact impacto impatto auswirkung*"),
    (
        C::Urgency,
        "urgency dringlichkeit urgence urgencia urgenza urgentie dringendheid severity severidad \
         severidade schweregrad severite gravite gravita gravedad gravidade ernst",
    ),
    (C::Priority, "priorit* prio prioridad* ticketprioritat"),
    (
        C::Category,
        "categor* kategorie* queue queuename component* komponente* composant* componente* \
         componenti onderdelen topic thema hilfethema hulponderwerp service servicio servico \
         servizio dienst cola fila coda wachtrij tema topico argomento rubrique file department \
         abteilung departement departamento dipartimento reparto afdeling warteschlange",
    ),
    (C::Tier, "tier level supportlevel line supportstufe"),
    (
        C::Group,
        "group gruppe groupe grupo gruppo groep *gruppe *groep assignmentgroup",
    ),
    (
        C::Assignee,
        "assign* zugewies* zugeordnet* attribu* attribuee affect* asignad* atribuid* assegnat* toegewez* owner \
         ownername besitzer proprietaire propietario proprietario eigenaar ticketeigenaar \
         ticketinhaber inhaber technician techniker technicien tecnico technicus agent agente \
         bearbeiter sachbearbeiter behandelaar responsible verantwortlich* responsable responsavel \
         responsabile verantwoordelijke mitarbeiter medewerker dueno zustandig* gestore atendente \
         operatore uitvoerder designado assignedto",
    ),
    (
        C::First,
        "first erst erste ersten premier* primer* primeir* prima primo eerste initial* erstantwort*",
    ),
    (C::Last, "last letzt* zuletzt dernier* ultim* laatst*"),
    (
        C::Response,
        "response responded reply replied answer* antwort* *antwort reaktion* reponse* respuesta* \
         resposta* risposta* antwoord* reactie* reply* firstresponse* firstrepl* firstresponded* \
         erstreaktion*",
    ),
    (
        C::Update,
        "updat* sysupdated* lastupdated lastupdate aktualis* geandert* anderung* *anderung jour maj modif* \
         actualiz* actualis* atualiz* alterad* aggiorn* bijgewerkt gewijzigd wijzig* changed change \
         changedat updatetijd lastmodified*",
    ),
    (
        C::Resolve,
        "resol* losung* gelost* erledigt* solved solvedat solution* soluc* soluz* risol* opgelost \
         oplos* resuelt* behoben fixed resolu*",
    ),
    (
        C::Close,
        "close* closing* closure* geschlossen schlie* abschluss* abgeschlossen clotur* clos ferm* \
         cerrad* cierre fechad* fecho fechamento encerra* chius* gesloten sluit* afsluit* afgesloten",
    ),
    (
        C::Open,
        "open opened openedat opening* eroffn* geoffnet offnung* ouvert* abiert* apertura abert* \
         apert* geopend created createdat create creat* erstell* erfass* angelegt cree* creation \
         creado creada creacion criad* criacao creazione aangemaakt aanmaak* gemaakt reported \
         submitted gemeldet requested angefragt registered registrad* entry",
    ),
    (
        C::Date,
        "date datum data fecha time zeit* hora heure ora tijd* at am um timestamp datestamp uhrzeit orario \
         horario datetime *datum *zeit *zeitpunkt *tijd on",
    ),
    (
        C::Creator,
        "creator ersteller createur creador criador creatore maker autore",
    ),
    (C::From, "from"),
    (C::By, "by von par por da door"),
    (
        C::Note,
        "notes note notizen notiz hinweise notas nota notities notitie comment* kommentar* comentar* \
         coment* commentaire* commento commenti opmerking* *notizen *notities *hinweise worknotes \
         remark* bemerkung* closenotes resolutionnotes anotac*",
    ),
    (
        C::Short,
        "short kurz* breve brev courte corta korte resumida brief",
    ),
    (
        C::Configuration,
        "configuration konfiguration* configuracion configuracao configurazione configuratie* cmdb* ci cmdbci asset affected betroffen*",
    ),
    (C::Item, "item element* elemento* elementi"),
    (
        C::Satisfaction,
        "satisf* zufrieden* soddisf* tevreden* csat survey*",
    ),
    (C::Symptom, "symptom* sintom* usymptom"),
    (
        C::Name,
        "name naam nom nombre nome full vollstandiger realname",
    ),
    (
        C::Ticket,
        "ticket tickets incident incidents issue case request vorgang* vorgangs incidencia \
         segnalazione chamado tiquete melding anfrage demande solicitud richiesta aanvraag pedido \
         requisicao record datensatz enregistrement registro registrazione fall sr incidente",
    ),
    (
        C::Filler,
        "mise mis e of the de du des del della dello dell der die das den des van di do dos le la les el los il lo \
         het een a au em en zu zum an fur to for in d l sys u custom field fields associated associe \
         asociado associado associato zugehoriger gekoppeld bijbehorend current aktueller actuel \
         actuelle actual atual attuale huidige help aide ayuda ajuda aiuto guida hilfe person persona \
         personne persoon op s aff support attente your additional zusatzliche supplementaires \
         adicionales adicionais aggiuntivi aanvullende work arbeits travail trabajo trabalho lavoro \
         werk value display score rating pelo pela dal sul sulla per bewertung",
    ),
];

/// Folds a text to lower case without marks.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'í' | 'ì' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => folded.push('o'),
            'ú' | 'ù' | 'û' | 'ü' => folded.push('u'),
            'ß' => folded.push_str("ss"),
            'œ' => folded.push_str("oe"),
            'º' | '°' => {}
            // Marks that follow their letter.
            '\u{300}'..='\u{36f}' => {}
            c => folded.push(c),
        }
    }
    folded
}

/// Whether a word is the pattern, with `*` for any beginning or ending.
pub(super) fn is_like(word: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => word.ends_with(end) && word.len() > end.len(),
        (None, Some(start)) => word.starts_with(start),
        (None, None) => word == pattern,
    }
}

/// What a word of a column name means: several things if it is a compound.
pub(super) fn concepts(word: &str) -> Vec<Concept> {
    let has = |words: &str, is: &dyn Fn(&str) -> bool| words.split_whitespace().any(is);
    let exact = WORDS
        .iter()
        .find(|(_, words)| has(words, &|known| known == word));
    if let Some((concept, _)) = exact {
        return vec![*concept];
    }
    let like = WORDS
        .iter()
        .filter(|(_, words)| has(words, &|known| is_like(word, known)));
    like.map(|(concept, _)| *concept).collect()
}
