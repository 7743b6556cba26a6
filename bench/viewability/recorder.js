// What could be seen of each ad, frame by frame, by rectangles: nothing here is ads.js's.
(function () {
  let frames = [];
  let last;

  function note(what) {
    frames.push([performance.now(), what]);
  }

  function share(picture) {
    const { left, right, top, bottom, width, height } = picture.getBoundingClientRect();
    if (!width || !picture.complete) return [0, 0];
    const across = Math.max(0, Math.min(right, innerWidth) - Math.max(left, 0));
    const down = Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
    return [(across * down) / (width * height), width * height];
  }

  function frame() {
    const shares = [...document.querySelectorAll(".ad img")].map(share);
    const seen = JSON.stringify(shares);
    if (seen !== last) note(shares);
    last = seen;
    requestAnimationFrame(frame);
  }

  function tell(event) {
    last = undefined;
    note(event.type === "pagehide" || document.hidden ? "hidden" : "shown");
    if (event.type !== "pagehide" && !document.hidden) return;
    navigator.sendBeacon("/truth", JSON.stringify({ page: location.pathname, frames }));
    frames = [];
  }

  document.addEventListener("visibilitychange", tell);
  addEventListener("pagehide", tell);
  addEventListener("pageshow", ({ persisted }) => persisted && note("again"));
  requestAnimationFrame(frame);
})();
