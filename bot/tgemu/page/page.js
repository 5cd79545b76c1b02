'use strict';

const words = {
  ru: { write: 'Сообщение', attach: 'Приложить файл', edited: 'изменено', typing: 'печатает…', reply: 'Ответить', other: 'English', lost: 'Связь с демонстрацией потеряна', copied: 'Скопировано', guest: 'Новый человек' },
  en: { write: 'Message', attach: 'Attach a file', edited: 'edited', typing: 'typing…', reply: 'Reply', other: 'Русский', lost: 'The demo does not answer', copied: 'Copied', guest: 'New person' },
};
let lang = new URLSearchParams(location.search).get('lang') || localStorage.getItem('lang') || 'ru';
if (!words[lang]) lang = 'ru';
const say = (key) => words[lang][key];
const one = (selector, root = document) => root.querySelector(selector);
const columns = new Map(); // by chat id
let last = null; // the view of last
let panel = null;
let panelSeen = -1;
let since = Date.now();

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

async function post(path, fields, files = []) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const file of files) body.append('file', file);
  const answer = await fetch(path, { method: 'POST', body });
  if (!answer.ok) alertText(await answer.text());
  return answer.ok;
}

function alertText(text) {
  const box = one('[data-alert]');
  one('p', box).textContent = text;
  if (!box.open) box.showModal();
}

function size(n) {
  const units = lang === 'ru' ? ['Б', 'КБ', 'МБ'] : ['B', 'KB', 'MB'];
  let i = 0;
  while (n >= 1024 && i < 2) { n /= 1024; i++; }
  return `${n.toLocaleString(lang, { maximumFractionDigits: i ? 1 : 0 })} ${units[i]}`;
}

function column(chat) {
  const root = one('#column').content.firstElementChild.cloneNode(true);
  root.dataset.chat = chat.id;
  const c = { root, id: chat.id, list: one('.messages', root), bubbles: new Map(), reply: 0, toast: 0, first: true };
  const form = one('.composer', root);
  const input = one('textarea', root);
  const file = one('[data-file]', root);
  const grow = () => { input.style.height = 'auto'; input.style.height = `${input.scrollHeight}px`; };
  const send = async (files) => {
    const text = input.value;
    if (!text.trim() && !files.length) return;
    const fields = { chat: c.id, text, reply: c.reply };
    input.value = '';
    replyTo(c, null);
    grow();
    if (!await post('send', fields, files)) { input.value = text; grow(); }
  };
  form.addEventListener('submit', (event) => { event.preventDefault(); send([]); });
  input.addEventListener('input', grow);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send([]); }
  });
  file.addEventListener('change', () => { const files = [...file.files]; file.value = ''; send(files); });
  root.addEventListener('dragover', (event) => { event.preventDefault(); root.classList.add('drop'); });
  root.addEventListener('dragleave', () => root.classList.remove('drop'));
  root.addEventListener('drop', (event) => { event.preventDefault(); root.classList.remove('drop'); send([...event.dataTransfer.files]); });
  one('.replying button', root).addEventListener('click', () => replyTo(c, null));
  one('[data-start]', root).addEventListener('click', () => post('start', { chat: c.id, payload: '' }));
  columns.set(chat.id, c);
  one('[data-columns]').append(root);
  return c;
}

function replyTo(c, message) {
  c.reply = message ? message.id : 0;
  const line = one('.replying', c.root);
  line.hidden = !message;
  if (!message) return;
  const text = make('div');
  text.innerHTML = message.html;
  one('span', line).textContent = text.textContent.split('\n')[0].slice(0, 60);
  one('textarea', c.root).focus();
}

function show(chat) {
  const c = columns.get(chat.id) || column(chat);
  const role = (chat.role && chat.role[lang]) || say('guest');
  one('.role', c.root).textContent = role;
  one('.name', c.root).textContent = chat.typing ? `${last.bot_name} ${say('typing')}` : chat.name;
  one('.avatar', c.root).textContent = [...chat.name][0] || '?';
  one('textarea', c.root).placeholder = say('write');
  one('textarea', c.root).setAttribute('aria-label', `${say('write')}: ${role}`);
  one('.attach', c.root).title = say('attach');
  one('[data-start]', c.root).hidden = chat.started;
  one('.composer', c.root).hidden = !chat.started;
  const list = c.list;
  const low = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const seen = new Set();
  for (const message of chat.messages) {
    seen.add(message.id);
    const key = JSON.stringify([lang, message]);
    const old = c.bubbles.get(message.id);
    if (old && old.key === key) continue;
    const node = bubble(c, message);
    if (old) old.node.replaceWith(node); else list.append(node);
    c.bubbles.set(message.id, { key, node });
  }
  for (const [id, old] of c.bubbles) if (!seen.has(id)) { old.node.remove(); c.bubbles.delete(id); }
  if (low || c.first) list.scrollTop = list.scrollHeight;
  c.first = false;
  toast(c, chat.toast);
}

function toast(c, t) {
  if (!t || Number(t.id) <= c.toast) return;
  c.toast = Number(t.id);
  if (!t.text || new Date(t.pressed).getTime() < since - 2000) return;
  if (t.alert) { alertText(t.text); return; }
  const node = one('[data-toast]', c.root);
  node.textContent = t.text;
  node.hidden = false;
  clearTimeout(c.timer);
  c.timer = setTimeout(() => { node.hidden = true; }, 3000);
}

function bubble(c, m) {
  const item = make('li', m.mine ? 'mine' : m.service ? 'service' : '');
  item.dataset.message = m.id;
  const box = make('div', 'bubble');
  if (m.reply) box.append(make('div', 'quote', m.reply));
  if (m.photo) box.append(photo(m.photo, c));
  if (m.document) box.append(documentLink(m.document));
  const meta = make('span', 'meta', `${m.edited ? `${say('edited')} ` : ''}${new Date(m.time).toLocaleTimeString(lang, { hour: '2-digit', minute: '2-digit' })}`);
  const text = make('div', 'text');
  text.innerHTML = m.html; // rendered and escaped by the server
  for (const link of text.querySelectorAll('a')) deepLink(link);
  text.append(meta);
  box.append(text);
  const reply = make('button', 'reply', '↩');
  reply.type = 'button';
  reply.title = say('reply');
  reply.setAttribute('aria-label', say('reply'));
  reply.addEventListener('click', () => replyTo(c, m));
  box.append(reply);
  item.append(box);
  if (m.buttons) item.append(buttons(c, m));
  return item;
}

function photo(f, c) {
  const button = make('button', 'photo');
  button.type = 'button';
  button.dataset.photo = '';
  const image = make('img');
  image.src = `files/${encodeURIComponent(f.id)}`;
  image.width = f.width;
  image.height = f.height;
  image.alt = '';
  button.append(image);
  button.addEventListener('click', () => { const zoom = one('[data-zoom]'); one('img', zoom).src = image.src; zoom.showModal(); });
  return button;
}

function documentLink(f) {
  const link = make('a', 'document');
  link.href = `files/${encodeURIComponent(f.id)}`;
  link.download = f.name || '';
  link.dataset.document = f.name || '';
  const name = f.name || '?';
  link.append(make('span', 'icon', name.includes('.') ? name.split('.').pop().slice(0, 4) : '?'));
  const words = make('span');
  words.append(make('span', '', name), make('br'), make('small', '', size(f.size)));
  link.append(words);
  return link;
}

function buttons(c, m) {
  const box = make('div', 'buttons');
  for (const row of m.buttons) {
    const line = make('div');
    for (const b of row) {
      if (b.url) {
        const link = make('a', '', b.text);
        link.href = b.url;
        deepLink(link);
        line.append(link);
        continue;
      }
      const button = make('button', '', b.text);
      button.type = 'button';
      button.dataset.button = b.text;
      button.addEventListener('click', async () => {
        if (b.copy) { await navigator.clipboard.writeText(b.copy); return; }
        button.disabled = true;
        await post('press', { chat: c.id, message: m.id, data: b.data || b.text });
        setTimeout(() => { button.disabled = false; }, 1200);
      });
      line.append(button);
    }
    box.append(line);
  }
  return box;
}

// deepLink keeps an invitation on this page: a new person opens it.
function deepLink(link) {
  const found = /^https:\/\/t\.me\/([^/?]+)\?start=([\w-]+)$/.exec(link.href);
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  if (!found) return;
  link.addEventListener('click', async (event) => {
    event.preventDefault();
    const id = 2000 + Math.floor(Math.random() * 1e6);
    const json = (path, body) => fetch(`sim/${path}`, { method: 'POST', body: JSON.stringify(body) });
    await json('users', { user: { id, first_name: say('guest'), language_code: lang } });
    await json('start', { chat: id, payload: found[2] });
  });
}

// The panel beside the chats: HTML of the server, in which links and forms stay.
function openPanel(titles) {
  if (panel || !titles || !Object.keys(titles).length) return;
  const root = make('section', 'column');
  const head = make('header', 'head');
  const title = make('div', 'role');
  head.append(make('span', 'avatar', '✉'), title);
  const body = make('div', 'panel-body');
  body.dataset.panelRoot = '';
  root.append(head, body);
  one('[data-columns]').prepend(root);
  panel = { root, body, title, at: 'panel/' };
  body.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-panel]');
    if (!link) return;
    event.preventDefault();
    loadPanel(new URL(link.getAttribute('href'), new URL(panel.at, location.href)).href);
  });
  body.addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(new URL(form.getAttribute('action'), new URL(panel.at, location.href)), { method: 'POST', body: new FormData(form, event.submitter) });
    if (!answer.ok) { alertText(await answer.text()); return; }
    loadPanel('panel/');
  });
}

async function loadPanel(at) {
  panel.at = at;
  const url = new URL(at, location.href);
  url.searchParams.set('lang', lang);
  const answer = await fetch(url);
  if (!answer.ok) return;
  const scroll = panel.body.scrollTop;
  panel.body.innerHTML = await answer.text();
  for (const link of panel.body.querySelectorAll('a[download]')) link.href = new URL(link.getAttribute('href'), new URL(panel.at, location.href)).href;
  panel.body.scrollTop = scroll;
}

function tabs() {
  const bar = one('[data-tabs]');
  const all = [...document.querySelectorAll('.column')];
  if (!all.some((x) => x.classList.contains('open'))) all[all.length > 1 ? 1 : 0]?.classList.add('open');
  bar.replaceChildren(...all.map((root) => {
    const tab = make('button', '', one('.role', root).textContent);
    tab.type = 'button';
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-selected', root.classList.contains('open'));
    tab.addEventListener('click', () => { all.forEach((x) => x.classList.toggle('open', x === root)); tabs(); });
    return tab;
  }));
}

function update(view) {
  last = view;
  openPanel(view.mail);
  if (panel) panel.title.textContent = view.mail[lang] || '';
  one('[data-hint]').textContent = (view.hint && view.hint[lang]) || '';
  for (const chat of view.chats) show(chat);
  if (panel && view.panel !== panelSeen) {
    panelSeen = view.panel;
    if (!one('form', panel.body)) loadPanel(panel.at);
  }
  tabs();
}

function listen() {
  const stream = new EventSource('events');
  stream.onmessage = (event) => update(JSON.parse(event.data));
  stream.onerror = () => { one('[data-hint]').textContent = say('lost'); };
}

function setLang(next) {
  lang = next;
  localStorage.setItem('lang', lang);
  document.documentElement.lang = lang;
  one('[data-lang]').textContent = say('other');
}

one('[data-lang]').addEventListener('click', () => {
  setLang(lang === 'ru' ? 'en' : 'ru');
  location.search = `?lang=${lang}`;
});
setLang(lang);
listen();
