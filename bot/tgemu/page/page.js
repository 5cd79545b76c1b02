const words = {
  ru: {
    write: 'Сообщение', send: 'Отправить', attach: 'Приложить файлы', edited: 'изменено', typing: 'печатает…', sending: 'отправляет файл…',
    reply: 'Ответить', edit: 'Изменить', close: 'Закрыть', cancel: 'Отменить', commands: 'Команды бота', more: 'Ещё', down: 'К последним сообщениям',
    enlarge: 'Увеличить картинку', other: 'English', lost: 'Связь потеряна, соединяюсь снова', guest: 'Новый человек', copied: 'Скопировано',
    copy: 'Скопировать ссылку', who: 'Кто откроет ссылку?', start: 'Начать', unblock: 'Разблокировать бота', block: 'Заблокировать бота',
    begin: 'Нажмите «Начать», чтобы написать боту', failed: 'Не получилось. Обновите страницу и повторите.',
    caption: 'Подпись к файлу длиннее 1024 знаков. Отправьте текст отдельно.', forwarded: 'Переслано от', tabs: 'Чаты',
    service: { pinned: 'Сообщение закреплено', topic: 'Тема создана', migrate_to: 'Группа стала супергруппой', migrate_from: 'Группа стала супергруппой' },
    units: ['Б', 'КБ', 'МБ'],
  },
  en: {
    write: 'Message', send: 'Send', attach: 'Attach files', edited: 'edited', typing: 'is typing…', sending: 'is sending a file…',
    reply: 'Reply', edit: 'Edit', close: 'Close', cancel: 'Cancel', commands: 'Commands of the bot', more: 'More', down: 'To the newest messages',
    enlarge: 'Enlarge the picture', other: 'Русский', lost: 'Connection lost, connecting again', guest: 'New person', copied: 'Copied',
    copy: 'Copy the link', who: 'Who opens the link?', start: 'Start', unblock: 'Unblock the bot', block: 'Block the bot',
    begin: 'Press “Start” to write to the bot', failed: 'That did not work. Reload the page and try again.',
    caption: 'A caption is limited to 1024 characters. Send the text on its own.', forwarded: 'Forwarded from', tabs: 'Chats',
    service: { pinned: 'A message was pinned', topic: 'A topic was created', migrate_to: 'The group became a supergroup', migrate_from: 'The group became a supergroup' },
    units: ['B', 'KB', 'MB'],
  },
};
const maxCaption = 1024;
const albumSize = 10;

const columns = new Map(); // by key
let last = null; // the newest view
let panel = null;
let pause = 500; // milliseconds before connecting again
let lang = new URLSearchParams(location.search).get('lang') || recall('lang') || 'ru';
if (!Object.hasOwn(words, lang)) lang = 'ru';

const say = (key) => words[lang][key];
const one = (selector, root = document) => root.querySelector(selector);

// The browser may forbid keeping things: then they last as long as the page.
function recall(name) { try { return localStorage.getItem(name); } catch { return null; } }
function remember(name, value) { try { localStorage.setItem(name, value); } catch { /* not kept */ } }

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function makeButton(className, text, act) {
  const node = make('button', className, text);
  node.type = 'button';
  node.addEventListener('click', act);
  return node;
}

function iconButton(icon, label, act) {
  const node = makeButton('plain', '', act);
  node.append(make('i', `i i-${icon}`));
  describe(node, label);
  return node;
}

function describe(node, label) { node.title = label; node.setAttribute('aria-label', label); }

async function post(path, fields, files = []) {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.append(key, value);
  for (const file of files) body.append('file', file);
  try {
    const answer = await fetch(path, { method: 'POST', body });
    if (!answer.ok) tell(say('failed'), await answer.text());
    return answer.ok;
  } catch {
    tell(say('lost'));
    return false;
  }
}

function tell(text, detail = '') {
  const box = one('[data-alert]');
  one('p', box).textContent = text;
  one('small', box).textContent = detail;
  if (!box.open) box.showModal();
}

// menu shows choices beside a node; one without an act is the title.
function menu(anchor, items) {
  const box = one('[data-menu]');
  box.replaceChildren(...items.map((item) => {
    if (!item.act) return make('p', 'menu-title', item.text);
    const choice = makeButton('', '', () => { box.hidePopover(); item.act(); });
    choice.append(make('span', '', item.text));
    if (item.detail) choice.append(make('small', '', item.detail));
    return choice;
  }));
  box.showPopover();
  const at = anchor.getBoundingClientRect();
  const below = at.bottom + box.offsetHeight + 8 < innerHeight;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - box.offsetHeight - 4)}px`;
  one('button', box)?.focus();
}

function size(n) {
  let i = 0;
  while (n >= 1024 && i < 2) { n /= 1024; i++; }
  return `${n.toLocaleString(lang, { maximumFractionDigits: i ? 1 : 0 })} ${say('units')[i]}`;
}

// ---- a column ----

function openColumn(chat) {
  const root = one('#column').content.firstElementChild.cloneNode(true);
  root.dataset.chat = chat.id;
  const c = {
    root, key: chat.key, chat, list: one('.messages', root), input: one('[data-input]', root), messages: new Map(), bubbles: new Map(),
    toasts: new Set(), pressed: new Map(), target: null, low: true, fresh: 0, first: true, queue: Promise.resolve(),
  };
  c.who = { chat: chat.id, user: chat.user };
  columns.set(c.key, c);
  compose(c);
  c.list.addEventListener('scroll', () => {
    if (!c.list.clientHeight) return; // hidden behind a tab
    c.low = c.list.scrollHeight - c.list.scrollTop - c.list.clientHeight < 60;
    if (c.low) c.fresh = 0;
    showDown(c);
  });
  new ResizeObserver(() => { if (c.low) toBottom(c); }).observe(c.list);
  one('[data-down]', root).addEventListener('click', () => { c.list.scrollTo({ top: c.list.scrollHeight, behavior: 'smooth' }); });
  one('[data-more]', root).addEventListener('click', (event) => menu(event.currentTarget, [
    { text: say(c.chat.blocked ? 'unblock' : 'block'), act: () => block(c, !c.chat.blocked) },
  ]));
  one('[data-start]', root).addEventListener('click', () => (c.chat.blocked ? block(c, false) : post('start', { ...c.who, payload: '' })));
  one('[data-columns]').append(root);
  return c;
}

function block(c, blocked) { return post('block', { ...c.who, blocked }); }

// compose wires the line in which a person writes.
function compose(c) {
  const { root, input } = c;
  const file = one('[data-file]', root);
  one('.composer', root).addEventListener('submit', (event) => { event.preventDefault(); send(c, []); });
  input.addEventListener('input', () => grow(c));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(c, []); }
    if (event.key === 'Escape') aim(c, null);
  });
  input.addEventListener('paste', (event) => { if (event.clipboardData.files.length) { event.preventDefault(); send(c, [...event.clipboardData.files]); } });
  file.addEventListener('change', () => { const files = [...file.files]; file.value = ''; send(c, files); });
  one('[data-cancel]', root).addEventListener('click', () => aim(c, null));
  one('[data-commands]', root).addEventListener('click', (event) => menu(event.currentTarget, (c.chat.commands || []).map((x) => (
    { text: `/${x.command}`, detail: x.description, act: () => write(c, `/${x.command}`) }))));
  const writable = (event) => c.chat.started && !c.chat.blocked && [...event.dataTransfer.types].includes('Files');
  root.addEventListener('dragover', (event) => { event.preventDefault(); root.classList.toggle('drop', writable(event)); });
  root.addEventListener('dragleave', (event) => { if (!root.contains(event.relatedTarget)) root.classList.remove('drop'); });
  root.addEventListener('drop', (event) => {
    event.preventDefault();
    root.classList.remove('drop');
    if (writable(event)) send(c, [...event.dataTransfer.files]);
  });
}

function grow(c) {
  c.input.style.height = 'auto';
  c.input.style.height = `${c.input.scrollHeight}px`;
}

// write sends a text as it is; what a person writes goes out in its order.
function write(c, text, more = {}) {
  c.low = true;
  c.queue = c.queue.then(() => post('send', { ...c.who, text, ...more }));
}

function send(c, files) {
  const text = c.input.value;
  const target = c.target;
  if (!text.trim() && !files.length) return;
  if (files.length && text.length > maxCaption) { tell(say('caption')); return; }
  c.input.value = '';
  aim(c, null);
  grow(c);
  c.low = true;
  c.queue = c.queue.then(async () => {
    let ok = true;
    if (target?.edit && !files.length) {
      ok = await post('edit', { ...c.who, message: target.id, text });
    } else {
      for (let i = 0; ok && i < Math.max(files.length, 1); i += albumSize) {
        ok = await post('send', { ...c.who, text: i ? '' : text, reply: target && !target.edit ? target.id : 0 }, files.slice(i, i + albumSize));
      }
    }
    if (!ok && !c.input.value) { c.input.value = text; grow(c); }
  });
}

// aim makes the next message a reply or an edit; null: neither.
function aim(c, target) {
  if (c.target?.edit && !target) c.input.value = '';
  c.target = target;
  const line = one('.target', c.root);
  line.hidden = !target;
  if (target) {
    one('.i', line).className = `i i-${target.edit ? 'edit' : 'reply'}`;
    one('span', line).textContent = target.text;
    if (target.edit) c.input.value = target.source;
    c.input.focus();
  }
  grow(c);
}

// ---- what a column shows ----

function show(c, chat) {
  c.chat = chat;
  const all = new Set(chat.ids);
  for (const id of c.messages.keys()) if (!all.has(id)) c.messages.delete(id);
  for (const message of chat.messages) {
    if (!c.first && !message.mine && !c.messages.has(message.id)) c.fresh++;
    c.messages.set(message.id, message);
  }
  render(c);
  for (const t of chat.toasts || []) toast(c, t);
  c.first = false;
}

function render(c) {
  const { chat, root } = c;
  const title = (chat.role && chat.role[lang]) || chat.group || chat.name;
  root.setAttribute('aria-label', title);
  one('.role', root).textContent = title;
  one('.avatar', root).textContent = [...chat.name][0] || '?';
  c.input.placeholder = say('write');
  c.input.setAttribute('aria-label', `${say('write')}: ${title}`);
  c.list.setAttribute('aria-label', title);
  c.list.dataset.empty = chat.started ? '' : say('begin');
  describe(one('.attach', root), say('attach'));
  one('[data-file]', root).setAttribute('aria-label', say('attach'));
  for (const [part, word] of Object.entries({ send: 'send', cancel: 'cancel', commands: 'commands', more: 'more', down: 'down' })) describe(one(`[data-${part}]`, root), say(word));
  one('[data-more]', root).hidden = !chat.started || Boolean(chat.group);
  one('[data-commands]', root).hidden = !chat.commands;
  const start = one('[data-start]', root);
  start.textContent = say(chat.blocked ? 'unblock' : 'start');
  start.hidden = chat.started && !chat.blocked;
  one('.composer', root).hidden = !start.hidden;
  showTyping(c);
  showKeyboard(c);
  showMessages(c);
}

function showTyping(c) {
  const { chat } = c;
  const line = one('.name', c.root);
  clearTimeout(c.typing);
  line.classList.toggle('typing', Boolean(chat.typing));
  const who = chat.role || chat.group ? chat.name : `№ ${chat.user}`;
  line.textContent = chat.typing ? `${last.bot_name} ${say(chat.action?.startsWith('upload') ? 'sending' : 'typing')}` : `${who} → ${last.bot_name}`;
  if (chat.typing) c.typing = setTimeout(() => { chat.typing = 0; showTyping(c); }, chat.typing);
}

function showKeyboard(c) {
  const box = one('[data-keyboard]', c.root);
  box.hidden = !c.chat.keyboard || c.chat.blocked;
  box.replaceChildren(...rows(c.chat.keyboard || [], (b) => {
    const key = makeButton('', b.text, () => write(c, b.contact ? '' : b.text, b.contact ? { contact: 1 } : {}));
    key.dataset.key = b.text;
    return key;
  }));
}

function rows(all, draw) {
  return all.map((row) => { const line = make('div', 'row'); line.append(...row.map(draw)); return line; });
}

// showMessages draws what changed; a reader who scrolled up keeps their place.
function showMessages(c) {
  const anchor = c.low ? null : anchorOf(c);
  const day = (m) => new Date(m.time).toDateString();
  let before = null;
  for (const id of c.chat.ids) {
    const m = c.messages.get(id);
    if (!m) continue;
    const place = { day: !before || day(before) !== day(m), joined: Boolean(before && m.album && before.album === m.album) };
    const key = JSON.stringify([lang, place, m]);
    const old = c.bubbles.get(id);
    if (!old || old.key !== key) {
      const node = bubble(c, m, place);
      if (old) old.node.replaceWith(node); else c.list.append(node);
      c.bubbles.set(id, { key, node });
    }
    before = m;
  }
  for (const [id, old] of c.bubbles) if (!c.messages.has(id)) { old.node.remove(); c.bubbles.delete(id); }
  if (c.low) toBottom(c);
  else if (anchor && c.bubbles.has(anchor.id)) c.list.scrollTop += c.bubbles.get(anchor.id).node.offsetTop - anchor.top;
  showDown(c);
}

// anchorOf is the message at the upper edge of what is seen.
function anchorOf(c) {
  for (const [id, { node }] of c.bubbles) {
    if (node.offsetTop + node.offsetHeight > c.list.scrollTop) return { id, top: node.offsetTop };
  }
  return null;
}

function toBottom(c) {
  c.list.scrollTop = c.list.scrollHeight;
  if (c.list.clientHeight) c.fresh = 0;
}

function showDown(c) {
  const down = one('[data-down]', c.root);
  down.hidden = c.low;
  one('span', down).textContent = c.fresh || '';
}

function toast(c, t) {
  if (c.toasts.has(t.id)) return;
  c.toasts.add(t.id);
  if (c.first) return; // it was shown to somebody before
  const button = c.pressed.get(`${t.message_id} ${t.data}`);
  if (button) button.disabled = false;
  if (!t.text) return;
  if (t.alert) tell(t.text); else flash(c, t.text);
}

function flash(c, text) {
  const node = one('[data-toast]', c.root);
  node.textContent = text;
  node.hidden = false;
  clearTimeout(c.timer);
  c.timer = setTimeout(() => { node.hidden = true; }, 3000);
}

// ---- a message ----

function bubble(c, m, place) {
  const at = new Date(m.time);
  const item = make('div', `item${m.mine ? ' mine' : ''}${m.service ? ' service' : ''}${place.joined ? ' joined' : ''}`);
  item.dataset.message = m.id;
  if (place.day) item.dataset.day = at.toLocaleDateString(lang, { day: 'numeric', month: 'long' });
  if (m.service) { item.append(make('p', '', say('service')[m.service] || '')); return item; }
  const box = make('div', 'bubble');
  if (m.from && !m.mine) box.append(make('div', 'from', m.from));
  if (m.forwarded) box.append(make('div', 'from', `${say('forwarded')} ${m.forwarded}`));
  if (m.reply_to) box.append(makeButton('quote', m.reply || '…', () => c.bubbles.get(m.reply_to)?.node.scrollIntoView({ block: 'center', behavior: 'smooth' })));
  if (m.photo) box.append(photo(m.photo));
  if (m.document) box.append(documentLink(m.document));
  const text = make('div', m.html || m.photo ? 'text' : 'text bare');
  text.innerHTML = m.html; // rendered and escaped by the server
  for (const link of text.querySelectorAll('a')) tame(link, c);
  for (const hidden of text.querySelectorAll('tg-spoiler')) hidden.addEventListener('click', () => hidden.classList.add('seen'));
  if (!m.mine) linkCommands(c, text);
  const begin = (m.source || text.textContent).split('\n')[0].slice(0, 60) || m.document?.name || '…';
  text.append(make('span', 'meta', `${m.edited ? `${say('edited')} ` : ''}${at.toLocaleTimeString(lang, { hour: '2-digit', minute: '2-digit' })}`));
  box.append(text, tools(c, m, begin));
  item.append(box);
  if (m.buttons) item.append(inline(c, m));
  return item;
}

// tools are what can be done with a message.
function tools(c, m, begin) {
  const box = make('div', 'tools');
  box.append(iconButton('reply', say('reply'), () => aim(c, { id: m.id, text: begin })));
  if (m.source) box.append(iconButton('edit', say('edit'), () => aim(c, { id: m.id, text: begin, edit: true, source: m.source })));
  return box;
}

function photo(f) {
  const image = make('img');
  const button = makeButton('photo', '', () => {
    const zoom = one('[data-zoom]');
    one('img', zoom).src = image.src;
    zoom.showModal();
  });
  image.src = `files/${encodeURIComponent(f.id)}`;
  image.width = f.width;
  image.height = f.height;
  image.alt = '';
  button.dataset.photo = '';
  describe(button, say('enlarge'));
  button.append(image);
  return button;
}

function documentLink(f) {
  const title = f.name || '?';
  const kind = title.includes('.') ? title.split('.').pop().toLowerCase().slice(0, 4) : '?';
  const link = make('a', 'document');
  link.href = `files/${encodeURIComponent(f.id)}`;
  link.download = title;
  link.dataset.document = f.name || '';
  const mark = make('span', 'icon', kind);
  mark.dataset.kind = kind;
  const about = make('span', 'about');
  about.append(make('span', '', title), make('small', '', size(f.size)));
  link.append(mark, about);
  return link;
}

function inline(c, m) {
  const box = make('div', 'buttons');
  box.append(...rows(m.buttons, (b) => {
    const node = b.url ? make('a', '', b.text) : makeButton('', b.text, () => press(c, m, b, node));
    node.dataset.button = b.text;
    if (b.url) { node.href = b.url; tame(node, c); }
    return node;
  }));
  return box;
}

async function press(c, m, b, button) {
  if (b.copy) { copy(c, b.copy); return; }
  if (b.web_app) { openApp(c, m, b); return; }
  button.disabled = true; // until it is answered
  c.pressed.set(`${m.id} ${b.data}`, button);
  if (await post('press', { ...c.who, message: m.id, data: b.data || b.text })) setTimeout(() => { button.disabled = false; }, 5000);
  else button.disabled = false;
}

async function copy(c, text) {
  try {
    await navigator.clipboard.writeText(text);
    flash(c, say('copied'));
  } catch {
    tell(text); // to be copied by hand
  }
}

// openApp opens a Mini App as web clients do, with what it needs in the fragment.
async function openApp(c, m, b) {
  const page = open('about:blank', '_blank');
  const answer = await fetch('sim/web_app', { method: 'POST', body: JSON.stringify({ user: { id: c.chat.user }, message: m.id, button: b.text }) });
  if (!answer.ok) { page?.close(); tell(say('failed'), await answer.text()); return; }
  const app = await answer.json();
  if (!page) return;
  page.opener = null;
  page.location = `${app.url}#${new URLSearchParams({ tgWebAppData: app.init_data, tgWebAppVersion: '8.0', tgWebAppPlatform: 'web' })}`;
}

// linkCommands makes commands in a text something to tap.
function linkCommands(c, root) {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest('a, code, pre')) texts.push(walk.currentNode);
  for (const node of texts) {
    const parts = node.data.split(/(?<=^|\s)(\/[a-z][a-z0-9_]{0,31})(?![\w/])/);
    if (parts.length < 2) continue;
    node.replaceWith(...parts.map((part, i) => (i % 2 ? makeButton('command', part, () => write(c, part)) : part)));
  }
}

// tame lets a link lead out of the page only, and keeps an invitation on it.
function tame(link, c) {
  if (!['http:', 'https:', 'mailto:', 'tg:'].includes(link.protocol)) { link.removeAttribute('href'); return; }
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  const [, bot, payload] = /^https?:\/\/t\.me\/([^/?]+)\?start=([\w-]+)$/.exec(link.href) || [];
  if (bot?.toLowerCase() !== last.bot.toLowerCase()) return;
  const address = link.href;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const people = [...columns.values()].filter((x) => !x.chat.group);
    menu(link, [
      { text: say('who') },
      ...people.map((x) => ({ text: x.chat.name, detail: x.chat.role?.[lang], act: () => post('start', { ...x.who, payload }) })),
      { text: say('guest'), act: () => post('start', { chat: 'new', name: say('guest'), lang, payload }) },
      { text: say('copy'), act: () => copy(c, address) },
    ]);
  });
}

// ---- the panel beside the chats: HTML of the server, in which links and forms stay ----

function openPanel() {
  const root = make('section', 'column');
  const head = make('header', 'head');
  const mark = make('span', 'avatar');
  mark.append(make('i', 'i i-mail'));
  const title = make('h2', 'role');
  head.append(mark, title);
  const body = make('div', 'panel-body');
  body.dataset.panelRoot = '';
  root.append(head, body);
  one('[data-columns]').prepend(root);
  panel = { root, body, title, at: 'panel/', seen: -1, clean: new Map(), stale: false, turn: 0 };
  const address = (path) => new URL(path || '', new URL(panel.at, location.href));
  body.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-panel]');
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    loadPanel(address(link.getAttribute('href')).href);
  });
  body.addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    const data = new FormData(form, event.submitter);
    const target = address(form.getAttribute('action'));
    if (form.method === 'get') { for (const [key, value] of data) target.searchParams.set(key, value); loadPanel(target.href); return; }
    if (event.submitter) event.submitter.disabled = true;
    try {
      const answer = await fetch(target, { method: 'POST', body: data });
      if (answer.ok) { loadPanel('panel/'); return; }
      tell(await answer.text());
    } catch {
      tell(say('lost'));
    }
    if (event.submitter) event.submitter.disabled = false;
  });
  body.addEventListener('focusout', () => setTimeout(() => { if (panel.stale && !busyPanel()) loadPanel(panel.at); }));
}

const filled = (form) => JSON.stringify([...new FormData(form)].map(([key, value]) => [key, value.name ?? value]));

// busyPanel reports whether somebody fills in a form: it is not taken from them.
function busyPanel() {
  return [...panel.clean].some(([form, before]) => form.contains(document.activeElement) || filled(form) !== before);
}

async function loadPanel(at) {
  const turn = ++panel.turn;
  const same = panel.at === at;
  const url = new URL(at, location.href);
  url.searchParams.set('lang', lang);
  let answer;
  try { answer = await fetch(url); } catch { return; } // the next change loads it
  if (!answer.ok) { if (at !== 'panel/') loadPanel('panel/'); return; }
  const html = await answer.text();
  if (turn !== panel.turn) return;
  const { body } = panel;
  const scroll = same ? body.scrollTop : 0;
  panel.at = at;
  panel.stale = false;
  body.innerHTML = html;
  for (const link of body.querySelectorAll('a[href]:not([data-panel])')) link.href = new URL(link.getAttribute('href'), url).href;
  for (const image of body.querySelectorAll('img[src]')) image.src = new URL(image.getAttribute('src'), url).href;
  panel.clean = new Map([...body.querySelectorAll('form')].map((form) => [form, filled(form)]));
  body.scrollTop = scroll;
}

function showPanel(view) {
  if (!view.mail || !Object.keys(view.mail).length) return;
  if (!panel) openPanel();
  panel.title.textContent = view.mail[lang] || '';
  panel.root.setAttribute('aria-label', view.mail[lang] || '');
  if (view.panel === panel.seen) return;
  panel.seen = view.panel;
  if (busyPanel()) panel.stale = true; else loadPanel(panel.at);
}

// ---- the page ----

// tabs stand for the columns where only one has room.
function tabs() {
  const bar = one('[data-tabs]');
  const all = [...document.querySelectorAll('.column')];
  if (!all.some((x) => x.classList.contains('open'))) all[panel && all.length > 1 ? 1 : 0]?.classList.add('open');
  const fresh = new Map([...columns.values()].map((c) => [c.root, c.fresh]));
  const key = JSON.stringify([lang, all.map((x) => [one('.role', x).textContent, x.classList.contains('open'), fresh.get(x)])]);
  if (bar.dataset.key === key) return;
  bar.dataset.key = key;
  const focused = [...bar.children].indexOf(document.activeElement);
  bar.setAttribute('aria-label', say('tabs'));
  bar.replaceChildren(...all.map((root) => {
    const tab = makeButton('', one('.role', root).textContent, () => openTab(root));
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-selected', root.classList.contains('open'));
    if (fresh.get(root)) tab.append(make('span', 'badge', fresh.get(root)));
    return tab;
  }));
  bar.children[focused]?.focus();
  one('[aria-selected=true]', bar)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function openTab(root) {
  for (const x of document.querySelectorAll('.column')) x.classList.toggle('open', x === root);
  for (const c of columns.values()) if (c.root === root && c.low) toBottom(c);
  tabs();
}

function showHint() {
  const text = last?.hint?.[lang] || '';
  one('[data-hint]').textContent = text;
  one('[data-hint-line]').hidden = !text || recall('hint') === text;
}

function update(view) {
  const first = !last;
  last = view;
  const all = new Set(view.columns);
  for (const [key, c] of columns) if (!all.has(key)) { c.root.remove(); columns.delete(key); }
  for (const chat of view.chats) {
    const known = columns.get(chat.key);
    const c = known || openColumn(chat);
    show(c, chat);
    if (!known && !first) { openTab(c.root); c.root.scrollIntoView({ inline: 'end', behavior: 'smooth' }); }
  }
  showPanel(view);
  showHint();
  tabs();
}

// listen follows the stream of changes and connects again when it breaks; every
// stream begins with the whole.
function listen() {
  const stream = new EventSource(`events?lang=${lang}`);
  const status = one('[data-status]');
  stream.onmessage = (event) => {
    pause = 500;
    status.hidden = true;
    update(JSON.parse(event.data));
  };
  stream.onerror = () => {
    stream.close();
    status.textContent = say('lost');
    status.hidden = false;
    setTimeout(listen, pause);
    pause = Math.min(pause * 2, 10_000);
  };
}

function setLang(next) {
  lang = next;
  remember('lang', lang);
  document.documentElement.lang = lang;
  one('[data-lang]').textContent = say('other');
  describe(one('[data-hint-close]'), say('close'));
  describe(one('[data-zoom] button'), say('close'));
  if (!last) return;
  for (const c of columns.values()) render(c);
  if (panel) { showPanel(last); if (!busyPanel()) loadPanel(panel.at); }
  showHint();
  tabs();
}

one('[data-lang]').addEventListener('click', () => {
  setLang(lang === 'ru' ? 'en' : 'ru');
  const url = new URL(location.href);
  url.searchParams.set('lang', lang);
  history.replaceState(null, '', url);
});
one('[data-hint-close]').addEventListener('click', () => { remember('hint', last.hint[lang]); one('[data-hint-line]').hidden = true; });
setLang(lang);
listen();
