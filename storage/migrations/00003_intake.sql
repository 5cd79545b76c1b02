-- +goose Up
-- What came in through the doors, byte for byte.
create table blob (
    sha256     bytea primary key check (length(sha256) = 32),
    size       bigint not null,
    created_at timestamptz not null default now()
);
-- Bytes in pieces of at most 1 MiB, so that no read needs a large buffer.
create table blob_chunk (
    sha256 bytea not null references blob on delete cascade,
    n      integer not null,
    data   bytea not null,
    primary key (sha256, n)
);

create table mail_source (
    id            bigint generated always as identity primary key,
    account       text not null,           -- user@host, no secret
    folder        text not null,
    uidvalidity   bigint not null default 0,
    last_uid      bigint not null default 0,
    last_ok_at    timestamptz,
    last_error    text,
    gap_check_at  timestamptz,
    rescan_since  timestamptz,             -- after a change of uidvalidity: letters older than this,
    rescan_until  bigint not null default 0, -- with a UID below this, are known from before
    unique (account, folder)
);

create table message (
    id             bigint generated always as identity primary key,
    door           text not null check (door in ('mail', 'chat', 'upload')),
    received_at    timestamptz not null,
    sender         text not null default '',   -- lower-case e-mail or Telegram user id
    sender_name    text not null default '',
    subject        text not null default '',
    body           text not null default '',
    distributor_id bigint references distributor,
    state          text not null default 'received'
                   check (state in ('received', 'read', 'quarantined', 'ignored', 'refused', 'done')),
    raw_sha256     bytea references blob,      -- the whole letter
    reply_to       jsonb not null default '{}',-- what the door needs to answer in the same thread
    note           text not null default ''
);
create index on message (sender);
create index on message (raw_sha256);
create index on message (state) where state in ('received', 'read', 'quarantined');

-- Every UID ever seen in a mailbox, also those with nothing to do.
create table mail_message (
    source_id    bigint not null references mail_source,
    uidvalidity  bigint not null,
    uid          bigint not null,
    message_id   bigint references message,
    state        text not null check (state in ('stored', 'nothing', 'duplicate', 'too_big', 'failing', 'needs_human')),
    raw_sha256   bytea,
    header_id    text,                         -- Message-ID
    size         bigint,
    internaldate timestamptz,
    failures     integer not null default 0,
    error        text,
    moved_at     timestamptz,
    seen_at      timestamptz not null default now(),
    primary key (source_id, uidvalidity, uid)
);
create index on mail_message (raw_sha256);

create table attachment (
    id         bigint generated always as identity primary key,
    message_id bigint not null references message,
    ordinal    integer not null,
    name       text not null,
    type       text not null default '',
    sha256     bytea not null references blob,
    state      text not null default 'received'
               check (state in ('received', 'read', 'duplicate', 'refused', 'ignored')),
    error      jsonb,                          -- code and arguments of the sentence said to the sender
    unique (message_id, ordinal)
);
create index on attachment (sha256);

-- Telegram's updates, stored before they are confirmed. Each bot counts its own.
create table tg_update (
    bot_id      bigint not null,
    update_id   bigint not null,
    chat_id     bigint not null,           -- 0: of no chat
    media_group text,                      -- the album it belongs to
    payload     json not null,             -- json: jsonb refuses some texts that people can send
    received_at timestamptz not null default now(),
    not_before  timestamptz,               -- of the next try
    done_at     timestamptz,               -- with an error: given up
    failures    integer not null default 0,
    error       text,
    primary key (bot_id, update_id)
);
create index on tg_update (bot_id, chat_id, update_id) where done_at is null;
create index on tg_update (done_at) where done_at is not null;

-- +goose Down
drop table tg_update, attachment, mail_message, message, mail_source, blob_chunk, blob;
