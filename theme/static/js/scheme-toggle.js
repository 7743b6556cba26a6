// The light/dark button. Choosing what the system already prefers forgets the choice.
(function () {
  const root = document.documentElement;
  const button = document.querySelector(".scheme-toggle");
  const system = matchMedia("(prefers-color-scheme: dark)");
  if (!button) return;

  const isDark = () => (root.dataset.scheme ?? (system.matches ? "dark" : "light")) === "dark";

  function show() {
    button.setAttribute("aria-pressed", String(isDark()));
    const paper = getComputedStyle(document.body).backgroundColor;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = paper;
  }

  function keep(scheme) {
    try {
      if (scheme) localStorage.setItem("scheme", scheme);
      else localStorage.removeItem("scheme");
    } catch {
      // Storage refused: the choice holds for this page only.
    }
  }

  button.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    const native = system.matches ? "dark" : "light";
    if (wanted === native) delete root.dataset.scheme;
    else root.dataset.scheme = wanted;
    keep(wanted === native ? "" : wanted);
    show();
  });
  system.addEventListener("change", show);
  show();
})();
