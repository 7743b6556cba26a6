/* Reloads the page when it has been published again, and shows what keeps it from being.
   In development only: paywall/development.py. */
(() => {
  const words = {
    fr: {
      title: "Cette page n’est pas à jour",
      about: "La publication a échoué ; vous voyez la dernière version publiée.",
      close: "Masquer",
    },
    en: {
      title: "This page is out of date",
      about: "Publishing failed; you see the last published version.",
      close: "Hide",
    },
  };
  const said = words[document.documentElement.lang.slice(0, 2)] || words.en;
  let number;
  let overlay;

  function element(name, text, parent) {
    const made = parent.appendChild(document.createElement(name));
    made.textContent = text;
    return made;
  }

  function hide() {
    overlay?.remove();
    overlay = undefined;
  }

  function show(news) {
    hide();
    overlay = document.createElement("section");
    overlay.id = "bicorne-error";
    overlay.setAttribute("role", "alert");
    overlay.setAttribute("aria-labelledby", "bicorne-error-title");
    element("h2", said.title, overlay).id = "bicorne-error-title";
    element("p", said.about, overlay);
    const told = element("pre", news.error, overlay);
    told.lang = news.lang;
    told.tabIndex = 0;
    const button = element("button", said.close, overlay);
    button.type = "button";
    button.addEventListener("click", hide);
    document.body.append(overlay);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  const events = new EventSource("/_bicorne/news");
  events.addEventListener("message", (event) => {
    const news = JSON.parse(event.data);
    if (number !== undefined && news.number !== number) {
      events.close();
      location.reload();
      return;
    }
    number = news.number;
    if (news.error) show(news);
    else hide();
  });
  addEventListener("pagehide", () => events.close());
})();
