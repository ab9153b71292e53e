-- Who may do what in a store, as roles, grants and row security. Made by `desk team
-- init`; running it again changes nothing that is right already.
--
-- Roles are of the whole cluster, and so is who has one; grants are of this database.
-- Whoever has no row in "member" here writes nothing here, and whoever was not let in
-- by `desk team grant` cannot connect.

BEGIN;

DO $roles$
DECLARE
    wanted TEXT;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        'desk_read', 'desk_agent', 'desk_supervisor', 'desk_privacy', 'desk_service', 'desk_owner'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
            EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
    END LOOP;
END
$roles$;

GRANT desk_read TO desk_agent;
GRANT desk_agent TO desk_supervisor, desk_privacy, desk_service;

DO $database$
BEGIN
    EXECUTE pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', pg_catalog.current_database());
END
$database$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO desk_read;
GRANT USAGE, CREATE ON SCHEMA public TO desk_owner;

-- The agent whom the present login is. Evaluated once for a statement, not for a row.
CREATE OR REPLACE FUNCTION desk_me() RETURNS TEXT
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$ SELECT agent FROM public.member WHERE login = session_user::text $$;

-- The numbers under which the present login acts: those of its agent that were
-- introduced under this login, and not under an account of an operating system.
CREATE OR REPLACE FUNCTION desk_my_numbers() RETURNS SETOF BIGINT
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS $$ SELECT p.number FROM public.person p JOIN public.member m ON p.name = m.agent
        WHERE m.login = session_user::text AND p.login = m.login
        AND p.uid IS NULL AND p.host IS NULL $$;

-- Whether an event of this transaction lists the text as erased: $2 and $3 are the
-- ticket and the number of its event, or null and the place in the chain. Texts are
-- deleted together with the event that says so, or not at all.
CREATE OR REPLACE FUNCTION desk_is_being_erased(ticket BIGINT, n BIGINT, path TEXT)
    RETURNS BOOLEAN
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    AS $$ SELECT CASE WHEN $1 IS NULL
        THEN EXISTS (SELECT FROM public.event e WHERE e.ticket IS NULL AND e.kind = 'erased'
            AND e.xmin = pg_current_xact_id()::xid
            AND e.body::jsonb -> 'fields' -> $2::text ? $3)
        ELSE EXISTS (SELECT FROM public.event e WHERE e.ticket = $1 AND e.kind = 'erased'
            AND e.xmin = pg_current_xact_id()::xid
            AND e.body::jsonb -> 'fields' -> $2::text ? $3) END $$;

-- Whether this transaction erases anything of a ticket, or of the desk itself.
CREATE OR REPLACE FUNCTION desk_erases(ticket BIGINT) RETURNS BOOLEAN
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
    AS $$ SELECT EXISTS (SELECT FROM public.event e WHERE e.ticket IS NOT DISTINCT FROM $1
        AND e.kind = 'erased' AND e.xmin = pg_current_xact_id()::xid) $$;

REVOKE ALL ON FUNCTION desk_me(), desk_my_numbers(), desk_is_being_erased(BIGINT, BIGINT, TEXT),
    desk_erases(BIGINT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION desk_me(), desk_my_numbers() TO desk_read;
GRANT EXECUTE ON FUNCTION desk_is_being_erased(BIGINT, BIGINT, TEXT), desk_erases(BIGINT)
    TO desk_privacy, desk_service;

-- The tables belong to a role, so that several logins can own the store. Whoever owned
-- them before has that role, and so has whoever runs this.
DO $owners$
DECLARE
    one RECORD;
BEGIN
    FOR one IN SELECT DISTINCT r.rolname AS name FROM pg_catalog.pg_roles r
        WHERE NOT r.rolsuper AND r.rolname <> 'desk_owner' AND (r.rolname = current_user
            OR r.oid IN (SELECT c.relowner FROM pg_catalog.pg_class c
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')))
    LOOP
        EXECUTE pg_catalog.format('GRANT desk_owner TO %I', one.name);
    END LOOP;
    FOR one IN SELECT c.oid::regclass AS name FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_roles r ON r.oid = c.relowner
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND r.rolname <> 'desk_owner'
    LOOP
        EXECUTE pg_catalog.format('ALTER TABLE %s OWNER TO desk_owner', one.name);
    END LOOP;
END
$owners$;

ALTER FUNCTION desk_me() OWNER TO desk_owner;
ALTER FUNCTION desk_my_numbers() OWNER TO desk_owner;
ALTER FUNCTION desk_is_being_erased(BIGINT, BIGINT, TEXT) OWNER TO desk_owner;
ALTER FUNCTION desk_erases(BIGINT) OWNER TO desk_owner;

-- What each role may do with the tables. Nobody changes an event, and nobody changes
-- a text; texts are deleted by an erasure only.
DO $grants$
DECLARE
    one RECORD;
BEGIN
    FOR one IN SELECT c.oid::regclass AS name FROM pg_catalog.pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    LOOP
        EXECUTE pg_catalog.format(
            'REVOKE ALL ON TABLE %s FROM PUBLIC, desk_read, desk_agent, desk_supervisor, '
            'desk_privacy, desk_service', one.name);
        EXECUTE pg_catalog.format('GRANT SELECT ON TABLE %s TO desk_read', one.name);
    END LOOP;
END
$grants$;

GRANT UPDATE ON writer, chain_head TO desk_agent;
GRANT UPDATE (value) ON counter TO desk_agent;
GRANT INSERT ON event, field, person, ticket, outbox, alarm, alarm_text, breach, notification,
    attachment, attachment_chunk, undeliverable TO desk_agent;
GRANT UPDATE (
    n, open, state, next_due, next_warn, priority, assignee, tier, kind, onset, channel,
    category, opened, updated, since, pause_reason, wake_at, resolved, closed, code,
    satisfaction, reopenings, escalations, merged_into, users, business, urgency, key, title,
    title_lc, requester_name, requester_contact, requester_language, requester_lc, clocks,
    next_action_at, source, number, known_error, undone, erased, tags, fields,
    checklist_done, checklist_total
) ON ticket TO desk_agent;
GRANT UPDATE (restricted_to) ON ticket TO desk_supervisor, desk_privacy, desk_service;
GRANT UPDATE (count, first_ms, last_ms) ON alarm, alarm_text TO desk_agent;
GRANT UPDATE (state, attempts, not_before, lease_until, claimed_by, sent_ms, last_error, bounced)
    ON outbox TO desk_agent;
GRANT DELETE ON notification, undeliverable TO desk_agent;
-- The words to search for. Those of restricted tickets are in tables of their own.
GRANT INSERT, UPDATE, DELETE ON ticket_text, word, restricted_text, restricted_word
    TO desk_agent;

GRANT UPDATE ON incoming_mail TO desk_supervisor;
GRANT INSERT ON mail_message_id, mail_reference TO desk_supervisor;

GRANT DELETE ON field, alarm_text, attachment, attachment_chunk, mail_chunk, mail_message_id,
    mail_reference TO desk_privacy, desk_service;
GRANT UPDATE ON incoming_mail, outbox TO desk_privacy, desk_service;
GRANT UPDATE (name, login, uid, host, display) ON person TO desk_privacy, desk_service;
GRANT INSERT, UPDATE, DELETE ON meta TO desk_privacy, desk_service;

GRANT INSERT ON incoming_mail, mail_chunk, mail_message_id, mail_reference TO desk_service;

-- The rows. A login without a row in "member" sees what is not restricted, and writes
-- nothing.
DO $policies$
DECLARE
    one RECORD;
BEGIN
    FOR one IN SELECT tablename, policyname FROM pg_catalog.pg_policies
        WHERE schemaname = 'public' AND policyname LIKE 'desk\_%'
    LOOP
        EXECUTE pg_catalog.format('DROP POLICY %I ON public.%I', one.policyname, one.tablename);
    END LOOP;
END
$policies$;

-- Tables of tickets. What is restricted to others is not there for whoever reads or
-- works on tickets; those who must reach all of them see all rows: a new policy sets
-- the timers of every ticket, an erasure finds every mention, the sweep every clock.
ALTER TABLE ticket ENABLE ROW LEVEL SECURITY;
CREATE POLICY desk_see ON ticket FOR SELECT TO desk_read
    USING (restricted_to IS NULL
        OR (SELECT desk_me()) = ANY (string_to_array(restricted_to, ' ')));
CREATE POLICY desk_see_all ON ticket FOR SELECT TO desk_supervisor, desk_privacy, desk_service
    USING (true);
CREATE POLICY desk_add ON ticket FOR INSERT TO desk_agent
    WITH CHECK ((SELECT desk_me()) IS NOT NULL AND (restricted_to IS NULL
        OR (SELECT desk_me()) = ANY (string_to_array(restricted_to, ' '))));
CREATE POLICY desk_add_any ON ticket FOR INSERT TO desk_service WITH CHECK (true);
CREATE POLICY desk_change ON ticket FOR UPDATE TO desk_agent
    USING ((SELECT desk_me()) IS NOT NULL AND (restricted_to IS NULL
        OR (SELECT desk_me()) = ANY (string_to_array(restricted_to, ' '))));
CREATE POLICY desk_change_any ON ticket FOR UPDATE
    TO desk_supervisor, desk_privacy, desk_service
    USING ((SELECT desk_me()) IS NOT NULL);

-- Events are added and never changed: no role has UPDATE or DELETE.
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
CREATE POLICY desk_see ON event FOR SELECT TO desk_read
    USING (ticket IS NULL OR EXISTS (SELECT FROM ticket t WHERE t.id = event.ticket));
CREATE POLICY desk_see_all ON event FOR SELECT TO desk_supervisor, desk_privacy, desk_service
    USING (true);
-- By the agent of this login, or by a rule of the desk that ran in its command. What
-- only people do is not done by the desk.
CREATE POLICY desk_add ON event FOR INSERT TO desk_agent
    WITH CHECK (actor_name IS NULL
        AND (actor IN (SELECT desk_my_numbers())
            OR (actor = 0 AND kind <> ALL ('{
                person,logged,corrected,identified,diagnosed,proposed,confirmed,refuted,
                call-arranged,call-held,call-cancelled,work-started,replied,known-error-marked,
                manager-told,restriction-lifted,gate-passed,contact-logged}'::text[])))
        AND (SELECT desk_me()) IS NOT NULL
        AND kind <> ALL ('{policy,gate-passed,restriction-lifted,erased,hold,hold-lifted,
            person-limited,person-limit-lifted,imported,import-undone}'::text[])
        -- A new ticket that follows a restricted one is restricted as that was.
        AND (kind <> 'restricted' OR (actor = 0 AND n < 10))
        AND (ticket IS NULL OR EXISTS (SELECT FROM ticket t WHERE t.id = event.ticket))
        -- Whoever is introduced has a row already, which was checked.
        AND (kind <> 'person' OR ticket IS NOT NULL OR EXISTS
            (SELECT FROM person p WHERE p.number = event.n AND p.seq = event.seq)));
CREATE POLICY desk_supervise ON event FOR INSERT TO desk_supervisor
    WITH CHECK (actor IN (SELECT desk_my_numbers())
        AND kind = ANY ('{policy,gate-passed,restricted,restriction-lifted}'::text[]));
CREATE POLICY desk_erase ON event FOR INSERT TO desk_privacy
    WITH CHECK (actor IN (SELECT desk_my_numbers())
        AND kind = ANY ('{erased,hold,hold-lifted,person-limited,person-limit-lifted}'::text[]));
-- For others too: what they mailed, what was imported, what a rule did.
CREATE POLICY desk_add_any ON event FOR INSERT TO desk_service WITH CHECK (true);

-- Texts come with their events, in one statement or one transaction. Those of an
-- introduction are those of its row.
ALTER TABLE field ENABLE ROW LEVEL SECURITY;
CREATE POLICY desk_see ON field FOR SELECT TO desk_read
    USING (EXISTS (SELECT FROM event e WHERE e.seq = field.seq AND (e.kind <> 'absorbed'
        OR EXISTS (SELECT FROM ticket t WHERE t.id = (e.body::jsonb ->> 'from')::bigint))));
CREATE POLICY desk_see_all ON field FOR SELECT TO desk_supervisor, desk_privacy, desk_service
    USING (true);
CREATE POLICY desk_add ON field FOR INSERT TO desk_agent
    WITH CHECK ((SELECT desk_me()) IS NOT NULL
        AND (seq > (SELECT coalesce(max(e.seq), 0) FROM event e)
            OR EXISTS (SELECT FROM event e
                WHERE e.seq = field.seq AND e.xmin = pg_current_xact_id()::xid))
        AND NOT EXISTS (SELECT FROM person p WHERE p.seq = field.seq
            AND field.value IS DISTINCT FROM
                CASE field.path WHEN 'name' THEN p.name WHEN 'display' THEN p.display
                    WHEN 'login' THEN p.login WHEN 'host' THEN p.host
                    WHEN 'uid' THEN p.uid::text END));
CREATE POLICY desk_erase ON field FOR DELETE TO desk_privacy, desk_service
    USING (EXISTS (SELECT FROM event v WHERE v.seq = field.seq AND
        CASE WHEN v.ticket IS NULL THEN desk_is_being_erased(NULL, v.seq, field.path)
            ELSE desk_is_being_erased(v.ticket, v.n, field.path) END));

-- Somebody who is new is introduced under the login that writes, as its agent; or
-- somebody else, who is only named, without a login. The row comes first, and its event
-- by the end of the transaction.
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
CREATE POLICY desk_see ON person FOR SELECT TO desk_read USING (true);
CREATE POLICY desk_add ON person FOR INSERT TO desk_agent
    WITH CHECK (uid IS NULL AND host IS NULL AND (SELECT desk_me()) IS NOT NULL
        AND (login IS NULL
            OR (login = session_user::text AND name = (SELECT desk_me()))));
CREATE POLICY desk_add_any ON person FOR INSERT TO desk_service WITH CHECK (true);
CREATE POLICY desk_erase ON person FOR UPDATE TO desk_privacy, desk_service
    USING (desk_erases(NULL));

-- What hangs on a ticket is seen and written by whoever sees the ticket.
DO $parts$
DECLARE
    part TEXT;
BEGIN
    FOREACH part IN ARRAY ARRAY[
        'alarm', 'alarm_text', 'breach', 'notification', 'outbox', 'attachment',
        'restricted_text', 'restricted_word'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
        EXECUTE format('CREATE POLICY desk_see ON %1$I FOR SELECT TO desk_read '
            'USING (EXISTS (SELECT FROM ticket t WHERE t.id = %1$I.ticket))', part);
        EXECUTE format('CREATE POLICY desk_add ON %1$I FOR INSERT TO desk_agent WITH CHECK '
            '((SELECT desk_me()) IS NOT NULL '
            'AND EXISTS (SELECT FROM ticket t WHERE t.id = %1$I.ticket))', part);
        EXECUTE format('CREATE POLICY desk_change ON %1$I FOR UPDATE TO desk_agent USING '
            '((SELECT desk_me()) IS NOT NULL '
            'AND EXISTS (SELECT FROM ticket t WHERE t.id = %1$I.ticket))', part);
    END LOOP;
    FOREACH part IN ARRAY ARRAY['alarm_text', 'attachment'] LOOP
        EXECUTE format('CREATE POLICY desk_erase ON %1$I FOR DELETE TO desk_privacy, '
            'desk_service USING (desk_erases(ticket))', part);
    END LOOP;
END
$parts$;

DO $renewed$
DECLARE
    part TEXT;
BEGIN
    FOREACH part IN ARRAY ARRAY['notification', 'restricted_text', 'restricted_word'] LOOP
        EXECUTE format('CREATE POLICY desk_remove ON %1$I FOR DELETE TO desk_agent USING '
            '((SELECT desk_me()) IS NOT NULL '
            'AND EXISTS (SELECT FROM ticket t WHERE t.id = %1$I.ticket))', part);
    END LOOP;
END
$renewed$;

-- The content of a file belongs to the tickets that have it.
ALTER TABLE attachment_chunk ENABLE ROW LEVEL SECURITY;
CREATE POLICY desk_see ON attachment_chunk FOR SELECT TO desk_read
    USING (EXISTS (SELECT FROM attachment a WHERE a.digest = attachment_chunk.digest));
CREATE POLICY desk_see_all ON attachment_chunk FOR SELECT
    TO desk_supervisor, desk_privacy, desk_service USING (true);
CREATE POLICY desk_add ON attachment_chunk FOR INSERT TO desk_agent
    WITH CHECK ((SELECT desk_me()) IS NOT NULL);
CREATE POLICY desk_erase ON attachment_chunk FOR DELETE TO desk_privacy, desk_service
    USING (NOT EXISTS (SELECT FROM attachment a WHERE a.digest = attachment_chunk.digest));

-- Mail as it came: with its ticket, and before it has one for those who sort it.
ALTER TABLE incoming_mail ENABLE ROW LEVEL SECURITY;
CREATE POLICY desk_see ON incoming_mail FOR SELECT TO desk_read
    USING (ticket IS NOT NULL AND EXISTS (SELECT FROM ticket t WHERE t.id = incoming_mail.ticket));
CREATE POLICY desk_see_all ON incoming_mail FOR SELECT
    TO desk_supervisor, desk_privacy, desk_service USING (true);
CREATE POLICY desk_add ON incoming_mail FOR INSERT TO desk_service WITH CHECK (true);
CREATE POLICY desk_change ON incoming_mail FOR UPDATE
    TO desk_supervisor, desk_privacy, desk_service USING ((SELECT desk_me()) IS NOT NULL);

DO $mail$
DECLARE
    part TEXT;
BEGIN
    FOREACH part IN ARRAY ARRAY['mail_chunk', 'mail_message_id', 'mail_reference'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
        EXECUTE format('CREATE POLICY desk_see ON %1$I FOR SELECT TO desk_read '
            'USING (EXISTS (SELECT FROM incoming_mail i WHERE i.id = %1$I.mail))', part);
        EXECUTE format('CREATE POLICY desk_add ON %1$I FOR INSERT TO desk_supervisor, '
            'desk_service WITH CHECK ((SELECT desk_me()) IS NOT NULL)', part);
        EXECUTE format('CREATE POLICY desk_erase ON %1$I FOR DELETE TO desk_privacy, '
            'desk_service USING (true)', part);
    END LOOP;
END
$mail$;

-- Where a backup was restored, when the sweep ran, what is still to be cleaned.
ALTER TABLE meta ENABLE ROW LEVEL SECURITY;
CREATE POLICY desk_see ON meta FOR SELECT TO desk_read USING (true);
CREATE POLICY desk_keep ON meta FOR ALL TO desk_privacy, desk_service
    USING (name IN ('scrub', 'clock'));

COMMIT;
