// Blanks the page at once and ends the session on the server: by Lås, by its keys, and when the idle time is out.
(() => {
  const CHECK = 1000; // how often the clock is looked at; a computer that slept is caught at the first look
  const AGAIN = 2000; // until the next try when the server is not reached: the page stays blank meanwhile
  const note = document.querySelector("[data-idle]");
  if (!note) return;
  const form = note.querySelector("form");
  const said = note.querySelector("[data-idle-said]");
  const button = note.querySelector("[data-idle-stay]");
  const [warnAt, endAt] = [note.dataset.warn * 1000, note.dataset.end * 1000];
  const blanked = document.querySelector(".blanked");
  const tabs = new BroadcastChannel("langsikt"); // tells the other tabs, and stores nothing
  let seen = Date.now();
  let locked = false;
  let field = "";

  const pause = (time) => new Promise((done) => window.setTimeout(done, time));

  function say(words) {
    if (said.textContent !== words) said.textContent = words;
    note.classList.toggle("is-shown", Boolean(words));
    button.hidden = !words;
  }

  function here() {
    seen = Date.now();
    say("");
  }

  function blank() {
    locked = true;
    document.title = document.title.split("·").pop().trim(); // the name of the house alone
    document.documentElement.classList.add("is-blank");
  }

  async function post(address, body) {
    for (;;) {
      try {
        const answer = await fetch(address, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
        if (answer.status !== 403) return answer;
        // Signed in anew in another tab: the page has the token of before.
        const page = await (await fetch(form.action, { credentials: "same-origin" })).text();
        const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]");
        if (!fresh) return answer;
        body.set("csrfmiddlewaretoken", fresh.value);
      } catch {
        await pause(AGAIN);
      }
    }
  }

  async function lock(why) {
    if (locked) return;
    blank();
    const waiting = []; // whoever has words that are not kept yet adds to this
    document.dispatchEvent(new CustomEvent("langsikt:lock", { detail: waiting }));
    const slow = window.setTimeout(() => {
      blanked.textContent += ` ${blanked.dataset.waits}`;
    }, AGAIN);
    await Promise.allSettled(waiting);
    window.clearTimeout(slow);
    const body = new FormData(form);
    body.set("why", why);
    body.set("field", field);
    await post(form.action, body);
    tabs.postMessage("locked");
    window.location.replace(note.dataset.signIn);
  }

  async function stay() {
    const answer = await post(note.dataset.stay, new FormData(form));
    if (answer.status !== 204) return lock("idle");
    here();
    tabs.postMessage("here");
    return undefined;
  }

  function look() {
    const passed = Date.now() - seen;
    if (locked) return;
    if (passed >= endAt) lock("idle");
    else if (passed >= endAt - 60000) say(note.dataset.soon);
    else if (passed >= warnAt) say(note.dataset.warning.replace("{time}", clock(seen + endAt)));
  }

  function clock(at) {
    const time = new Date(at);
    return `${time.getHours()}.${String(time.getMinutes()).padStart(2, "0")}`;
  }

  tabs.addEventListener("message", (event) => {
    if (event.data === "here") here();
    if (event.data === "locked" && !locked) {
      blank();
      window.location.replace(note.dataset.signIn);
    }
  });

  document.addEventListener("focusin", (event) => {
    if (event.target.closest("form[data-leave]")) field = event.target.id;
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.lock")) return;
    event.preventDefault();
    lock("ok");
  });

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.shiftKey) return;
    if (event.code === "KeyL") lock("ok");
    else if (event.code === "KeyK" && !button.hidden) stay();
    else return;
    event.preventDefault();
  });

  button.addEventListener("click", stay);
  document.addEventListener("visibilitychange", look);
  window.setInterval(look, CHECK);
  tabs.postMessage("here");

  // A page that the browser kept whole, against our word, is asked for again.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    blank();
    window.location.reload();
  });
})();
