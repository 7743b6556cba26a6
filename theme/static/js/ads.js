// Shows in each box the ad that the plan wants, and counts those that were really seen.
// What is counted, sent and kept, and why: docs/ads-in-the-browser.md.
(function () {
  const { page, tier, mark, consent } = document.currentScript.dataset;
  const boxes = [...document.querySelectorAll("[data-placement]")];

  // --- The reader's answer: a word in their own browser, « no », or « yes » where consent is asked for.
  const KEY = "bicorne-ads";
  const word = consent === undefined ? "no" : "yes";
  const choice = document.querySelector("[data-ads-answer]");
  const declined = navigator.globalPrivacyControl || navigator.doNotTrack === "1";

  function answered() {
    try {
      return localStorage.getItem(KEY) === word;
    } catch {
      return word === "no"; // whose browser keeps no answer is not counted
    }
  }

  const mayCount = () => !declined && answered() === (word === "yes");

  function showAnswer() {
    if (!choice) return;
    choice.disabled = declined;
    choice.checked = declined ? word === "no" : answered();
  }

  function answer() {
    try {
      if (choice.checked) localStorage.setItem(KEY, word);
      else localStorage.removeItem(KEY);
    } catch {
      // Storage refused: the choice goes back to what holds.
    }
    lookAfresh();
  }

  // --- A page view begins when the page is first visible; what it saw is sent when it is left.
  const SEARCH = /(^|www\.|search\.)(bing|brave|duckduckgo|ecosia|google|lilo|qwant|yahoo)\.[a-z.]+$/;
  const SOCIAL = /(^|\.)(bsky|facebook|instagram|linkedin|lnkd|mastodon|reddit|t|threads|x|youtube)\.[a-z]+$/;
  let view;

  function source() {
    if (!document.referrer) return "direct";
    const { hostname } = new URL(document.referrer);
    if (hostname === location.hostname) return "internal";
    return SEARCH.test(hostname) ? "search" : SOCIAL.test(hostname) ? "social" : "other";
  }

  function randomId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return btoa(String.fromCharCode(...bytes)).replace(/\W/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "");
  }

  function look() {
    showAnswer();
    for (const ad of ads.values()) time(ad, performance.now());
    if (document.hidden) return leave();
    view ??= { id: randomId(), events: [], told: new Set(), seen: new Map() };
    tell("page");
  }

  function lookAfresh() {
    view = undefined;
    for (const ad of ads.values()) ad.since = NaN;
    look();
  }

  function tell(...event) {
    if (view.told.has(event.join())) return;
    view.told.add(event.join());
    view.events.push(event);
  }

  function leave() {
    if (view?.events.length && (!mayCount() || send(view))) view.events = [];
  }

  function send({ id, events }) {
    const body = JSON.stringify({ v: 1, id, page, tier, mark, source: source(), events });
    if (navigator.sendBeacon) return navigator.sendBeacon("/ads/beacon", body);
    return fetch("/ads/beacon", { method: "POST", body, keepalive: true }).catch(() => {});
  }

  // --- An ad is seen once half of it, or three tenths if it is large, is in sight for a second on end.
  const SECOND_MS = 1000;
  const LARGE_PX = 970 * 250;
  const ads = new Map();
  const watcher = new IntersectionObserver((entries) => entries.forEach(measure), { threshold: [0.3, 0.5] });

  function watch(box) {
    for (const link of box.querySelectorAll("[data-creative]")) {
      const picture = link.querySelector("img") ?? link;
      const ad = { box, link, picture };
      ads.set(picture, ad);
      picture.addEventListener("load", () => time(ad, performance.now()));
      watcher.observe(picture);
    }
  }

  function measure({ target, time: now, intersectionRatio, boundingClientRect: { width, height } }) {
    const ad = ads.get(target);
    const large = Math.round(width) * Math.round(height) >= LARGE_PX;
    const enough = intersectionRatio >= (large ? 0.3 : 0.5);
    if (enough === ad.enough) return;
    ad.enough = enough;
    time(ad, now);
  }

  // Ends a stretch, which may have been long enough before its timer had its turn; begins another.
  function time(ad, now) {
    if (now - ad.since >= SECOND_MS) see(ad);
    clearTimeout(ad.timer);
    const come = ad.picture.complete !== false && ad.picture.naturalWidth !== 0;
    ad.since = ad.enough && come && !document.hidden ? now : NaN;
    if (ad.since) ad.timer = setTimeout(see, ad.since + SECOND_MS - performance.now(), ad);
  }

  function see({ box, link }) {
    if (view.seen.has(box)) return;
    const { flight } = link.closest("[data-flight]").dataset;
    const { creative, mark } = link.dataset;
    view.seen.set(box, [box.dataset.placement, flight, creative, mark]);
    tell("view", ...view.seen.get(box));
  }

  function click({ target, button }) {
    const box = target.closest("[data-creative]")?.closest("[data-placement]");
    if (button < 2 && view?.seen.has(box)) tell("click", ...view.seen.get(box));
  }

  // --- A box with templates waits for the plan; one that is looked at before then stays as it is.
  const isWaiting = (box) => box.querySelector("template");

  function isLookedAt(box) {
    const { top, bottom } = box.getBoundingClientRect();
    const { visibility } = getComputedStyle(box.firstElementChild);
    return !document.hidden && bottom > 0 && top < innerHeight && visibility === "visible";
  }

  function keepSeen() {
    for (const box of boxes.filter(isWaiting)) if (isLookedAt(box)) settle(box);
  }

  // High-water mark: the first flight whose rate, added to those before it, exceeds a random number.
  function pick(box, { flights, until }) {
    if (!flights || Date.parse(until) < Date.now()) return undefined;
    const candidates = [...box.children];
    const number = Math.random();
    let sum = 0;
    for (const [flight, rate] of flights) {
      const candidate = candidates.find((one) => one.dataset.flight === flight);
      if (candidate && (sum += rate) > number) return candidate;
    }
    return candidates.find((one) => "house" in one.dataset);
  }

  function settle(box, candidate) {
    const [first, ...templates] = box.children;
    for (const template of templates) template.remove();
    if (candidate?.content) {
      const shown = document.createElement("div");
      shown.className = first.className;
      Object.assign(shown.dataset, candidate.dataset);
      shown.append(candidate.content);
      first.replaceWith(shown);
    }
    watch(box);
  }

  async function choose() {
    const sights = new IntersectionObserver(keepSeen);
    for (const box of boxes) isWaiting(box) ? sights.observe(box) : watch(box);
    if (!boxes.some(isWaiting)) return;
    document.addEventListener("animationend", keepSeen);
    const plan = await fetch("/ads/plan.json").then((found) => found.json()).catch(() => ({}));
    keepSeen();
    for (const box of boxes.filter(isWaiting)) settle(box, pick(box, plan));
  }

  choice?.addEventListener("change", answer);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("click", click);
  document.addEventListener("auxclick", click);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", ({ persisted }) => persisted && lookAfresh());
  look();
  choose();
})();
