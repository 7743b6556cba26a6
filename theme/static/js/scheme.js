// Applies the reader's choice of light or dark before the first paint, so that nothing flashes.
// A classic script, loaded in the head; scheme-toggle.js writes what is read here.
(function () {
  var root = document.documentElement;
  root.dataset.scripted = "";
  try {
    var kept = localStorage.getItem("scheme");
    if (kept === "light" || kept === "dark") root.dataset.scheme = kept;
  } catch {
    // Storage refused: the system's own preference stands.
  }
})();
