-- +goose Up
-- One thing for the analyst to confirm.
create table question (
    id             bigint generated always as identity primary key,
    kind           text not null check (kind in ('sender', 'layout', 'period', 'item', 'client', 'replace', 'anomaly', 'mail')),
    subject        text not null,              -- what it is about: 'item:3/17', 'submission:5', 'sender:a@b.c'
    distributor_id bigint references distributor,
    submission_id  bigint references submission,
    message_id     bigint references message,
    payload        jsonb not null default '{}',-- what the card shows: candidates, preview, factors
    value          numeric not null default 0, -- money it is worth: the order of the queue
    state          text not null default 'open' check (state in ('open', 'answered', 'cancelled')),
    version        integer not null default 1, -- a tap on an older version is refused
    later_until    timestamptz,
    leased_by      bigint references person,
    leased_until   timestamptz,
    answer         jsonb,
    answered_by    bigint references person,
    answered_at    timestamptz,
    journal_id     bigint references journal,
    created_at     timestamptz not null default now()
);
create unique index question_open on question (kind, subject) where state = 'open';
create index on question (state, value desc);

-- An opaque button: what a tap means is looked up here and its right checked again.
create table button (
    token      text primary key,
    person_id  bigint references person,       -- null: whoever has the role
    action     text not null,
    args       jsonb not null default '{}',
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index on button (expires_at);

-- The one live card of a person in a chat, and what the next text of theirs means.
create table tg_chat (
    chat_id    bigint primary key,
    person_id  bigint references person,
    card       jsonb not null default '{}',    -- message id, question, version
    expects    jsonb not null default '{}',    -- a search, a factor, an e-mail address
    told_at    timestamptz,                    -- when a stranger was last told that the bot is private
    changed_at timestamptz not null default now()
);

-- What leaves the house. Sent once: dedup says what "once" means, sending_at is
-- set before the network is touched, so that a crash in between is known.
create table outbox (
    id          bigint generated always as identity primary key,
    door        text not null check (door in ('mail', 'chat')),
    address     text not null,                 -- e-mail or chat id
    person_id   bigint references person,
    dedup       text not null unique,
    priority    integer not null default 1,    -- 0 answers, 1 notices, 2 digests
    payload     jsonb not null,                -- the door's own message: text, buttons, files by SHA-256
    not_before  timestamptz not null default now(),
    state       text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed', 'cancelled')),
    attempts    integer not null default 0,
    sending_at  timestamptz,
    sent_at     timestamptz,
    maybe_twice boolean not null default false,-- a crash left it open whether an earlier try arrived
    sent_ref    text,                          -- message id at the door
    error       text,
    created_at  timestamptz not null default now()
);
create index on outbox (door, priority, id) where state in ('waiting', 'sending');

-- The pieces of an outgoing chat message that Telegram took: a text, then files.
-- A message that is tried again goes on after them.
create table tg_part (
    outbox_id  bigint not null references outbox on delete cascade,
    part       integer not null,
    message_id bigint not null,
    primary key (outbox_id, part)
);

create table subscription (
    id         bigint generated always as identity primary key,
    person_id  bigint not null references person,
    summary    text not null check (summary in ('daily', 'weekly', 'monthly')),
    cron       text not null,                  -- five fields of robfig/cron
    tz         text not null,
    door       text not null check (door in ('mail', 'chat')),
    address    text not null,
    cut        jsonb not null default '{}',
    next_due   timestamptz not null,
    created_at timestamptz not null default now(),
    ended_at   timestamptz
);
create unique index on subscription (person_id, summary, door) where ended_at is null;
create index on subscription (next_due) where ended_at is null;

-- One summary of one due time, whatever restarts.
create table delivery (
    subscription_id bigint not null references subscription,
    due_at          timestamptz not null,
    outbox_id       bigint references outbox,
    made_at         timestamptz not null default now(),
    note            text not null default '',  -- what was left out: picture failed, workbook too large
    primary key (subscription_id, due_at)
);

-- +goose Down
drop table delivery, subscription, tg_part, outbox, tg_chat, button, question;
