// The search page: Pagefind's index, our own form and results. The words come from the page's
// templates; the query and the filters live in the address, so that a search can be sent.
const PAGE = 10;
// A word that the index has on every page: without one, Pagefind fetches all of its words.
const EVERY_PAGE = "\u{10fffd}";
const form = document.querySelector("[data-search]");
const field = form.elements.q;
const selects = [...form.querySelectorAll("[data-filter]")];
const order = form.querySelector("[data-sort]");
const filtering = form.querySelector("[data-search-filtering]");
const clear = form.querySelector("[data-search-clear]");
const count = document.querySelector("[data-search-count]");
const list = document.querySelector("[data-search-results]");
const more = document.querySelector("[data-search-more]");
const words = document.querySelector("#search-words").dataset;
const model = document.querySelector("#search-result");

let ready;
let found = [];
let turn = 0;

function asked() {
  const filters = {};
  for (const select of selects) if (select.value) filters[select.dataset.filter] = select.value;
  return { term: field.value.trim(), filters, sort: order.value };
}

function writeAddress({ term, filters, sort }) {
  const query = new URLSearchParams();
  if (term) query.set("q", term);
  for (const [key, value] of Object.entries(filters)) query.set(key, value);
  if (sort) query.set(order.name, sort);
  const text = query.toString();
  history.replaceState(null, "", location.pathname + (text ? `?${text}` : ""));
}

function choose(query) {
  for (const control of [...selects, order]) {
    const wanted = query.get(control.name) ?? "";
    const known = [...control.options].some((option) => option.value === wanted);
    control.value = known ? wanted : "";
    if (control.value) filtering.open = true;
  }
}

function fillFilters(choices) {
  for (const select of selects) {
    for (const [value, total] of Object.entries(choices[select.dataset.filter] ?? {})) {
      select.add(new Option(`${value} (${total})`, value));
    }
  }
}

// A word between blanks: what stands before the word itself, an elided article among it, and after.
const WORD = /^([^\p{L}\p{N}]*(?:(?:[cdjlmnst]|qu)[’'](?=[\p{L}\p{N}]))?)(.*?)([^\p{L}\p{N}]*)$/isu;

function marked(text) {
  const [, before, word, after] = text.match(WORD);
  const mark = document.createElement("mark");
  mark.textContent = word;
  return word ? [before, mark, after] : [text];
}

// Where a text is cut, no sign is left alone beside the points.
function without(sign, node) {
  if (node.nodeType === Node.TEXT_NODE) node.textContent = node.textContent.replace(sign, "");
}

// Only <mark> is kept of an excerpt; everything else is text.
function excerpt({ excerpt: html, plain_excerpt: shown, raw_content: whole }) {
  const nodes = document.createDocumentFragment();
  for (const piece of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    nodes.append(...(piece.nodeName === "MARK" ? marked(piece.textContent) : [piece.textContent]));
  }
  nodes.normalize();
  if (!whole.startsWith(shown)) {
    without(/^[\s,;:.!?»)–—]+/u, nodes.firstChild);
    nodes.prepend("…\u00a0");
  }
  if (!whole.endsWith(shown)) {
    without(/[\s,;:«(–—]+$/u, nodes.lastChild);
    nodes.append(/[.!?»]$/u.test(shown) ? "\u00a0…" : "…");
  }
  return nodes;
}

// Pagefind answers an unknown word with those that share its first letter: no answer is better.
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function answers(result, term) {
  const starts = plain(term).match(/[\p{L}\p{N}]+/gu)?.map((word) => word.slice(0, 4)) ?? [];
  const inText = [...excerpt(result).querySelectorAll("mark")].map((mark) => plain(mark.textContent));
  const inFields = plain(Object.values(result.meta).join(" ")).match(/[\p{L}\p{N}]+/gu) ?? [];
  return starts.some(
    (start) => inText.some((word) => word.includes(start)) || inFields.some((word) => word.startsWith(start)),
  );
}

function drawn(result) {
  const item = model.content.cloneNode(true);
  const link = item.querySelector("[data-link]");
  link.href = result.url;
  link.textContent = result.meta.title;
  item.querySelector("[data-kind]").textContent = result.meta.kind ?? "";
  item.querySelector("[data-excerpt]").append(excerpt(result));
  if (!result.filters.access) item.querySelector("[data-locked]").remove();
  item.querySelector("[data-date]").textContent = result.meta.date ?? "";
  for (const part of item.querySelectorAll("p")) if (!part.textContent.trim()) part.remove();
  return item;
}

async function showMore() {
  const mine = turn;
  const from = list.children.length;
  const data = await Promise.all(found.slice(from, from + PAGE).map((result) => result.data()));
  if (mine !== turn) return;
  list.append(...data.map(drawn));
  more.hidden = list.children.length >= found.length;
  if (from) list.children[from].querySelector("a").focus();
}

function announce(total) {
  if (total === 0) count.textContent = words.none;
  else if (total === 1) count.textContent = words.one;
  else count.textContent = words.many.replace("{n}", total.toLocaleString(document.documentElement.lang));
}

async function run() {
  const mine = ++turn;
  const wish = asked();
  const idle = !wish.term && Object.keys(wish.filters).length === 0;
  const pagefind = await ready;
  if (mine !== turn) return;
  writeAddress(wish);
  clear.hidden = idle && !wish.sort;
  if (idle) {
    found = [];
    list.replaceChildren();
    more.hidden = true;
    count.textContent = words.invite;
    return;
  }
  const sort = wish.sort ? { [wish.sort]: "desc" } : undefined;
  const answer = await pagefind.debouncedSearch(wish.term || EVERY_PAGE, { filters: wish.filters, sort });
  if (answer === null || mine !== turn) return;
  const first = await Promise.all(answer.results.slice(0, PAGE).map((result) => result.data()));
  if (mine !== turn) return;
  found = wish.term && !first.some((result) => answers(result, wish.term)) ? [] : answer.results;
  list.replaceChildren();
  announce(found.length);
  await showMore();
}

function search() {
  run().catch(fail);
}

function fail() {
  count.textContent = words.failed;
  more.hidden = true;
}

function listen() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.addEventListener("input", search);
  clear.addEventListener("click", (event) => {
    event.preventDefault();
    form.reset();
    field.focus();
    search();
  });
  more.addEventListener("click", () => showMore().catch(fail));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    field.select();
    field.focus();
  });
}

async function load() {
  const pagefind = await import(form.dataset.pagefind);
  await pagefind.init();
  const choices = await fetch(new URL("choices.json", new URL(form.dataset.pagefind, location)));
  fillFilters(await choices.json());
  return pagefind;
}

// A reader may type before the index is there: the field listens at once, the answer waits.
const address = new URLSearchParams(location.search);
field.value ||= address.get("q") ?? "";
listen();
ready = load();
ready.then(() => {
  choose(address);
  search();
}, fail);
