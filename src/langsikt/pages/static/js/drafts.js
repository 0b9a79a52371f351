// Keeps what is typed as a draft on the server, says so in words, and warns before unsaved words are left.
(() => {
  const PAUSE = 1000; // saved so long after the last letter
  const LONGEST = 1200; // and never later than this after the first letter that is not saved
  const AGAIN = 3000; // until the next try when it could not be saved
  const HELD = ["signedOut", "another"]; // the words wait in the page until their writer has signed in
  const form = document.querySelector("form[data-leave]");
  if (!form) return;
  const address = form.dataset.draftUrl;
  const status = document.querySelector("[data-save-status]");
  let timer = 0;
  let since = 0; // when the first change was made that is not on its way yet
  let changes = 0;
  let kept = 0;
  let sending = null;
  let submitting = false;
  let reached = true; // whether the server could be reached at the last try

  function say(kind, time) {
    if (!status) return;
    const words = time ? `${status.dataset[kind]} ${time}` : status.dataset[kind];
    if (status.textContent !== words) status.textContent = words;
    status.className = `save-status is-${HELD.includes(kind) ? "failed" : kind}`;
  }

  function token() {
    return form.elements.csrfmiddlewaretoken;
  }

  async function send() {
    const typed = new URLSearchParams(new FormData(form));
    typed.delete("csrfmiddlewaretoken");
    return fetch(address, {
      method: "POST",
      body: typed,
      headers: {
        "X-CSRFToken": token()?.value ?? "",
        "X-Writer": document.body.dataset.who ?? "",
        Accept: "application/json",
      },
      credentials: "same-origin",
      redirect: "manual",
    });
  }

  // After a new sign-in, perhaps in another tab, the form's own token is another one.
  async function renewed() {
    const page = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
    if (!page.ok) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const value = fresh.querySelector("form[data-leave] [name=csrfmiddlewaretoken]")?.value;
    if (!value || !token()) return false;
    token().value = value;
    return true;
  }

  async function answered() {
    let answer = await send();
    if (answer.status === 403 && (await renewed())) answer = await send();
    return answer;
  }

  // Whether the draft is kept: saved, unsaved (not reached), signedOut, another (has signed in) or failed.
  async function tried() {
    let answer;
    try {
      answer = await answered();
    } catch {
      return ["unsaved"];
    }
    if (answer.type === "opaqueredirect") return ["signedOut"];
    if (answer.status === 409) return ["another"];
    if (!answer.ok) return ["failed"];
    try {
      const said = await answer.json();
      document.dispatchEvent(new CustomEvent("langsikt:marked", { detail: said.marked ?? {} }));
      return ["saved", said.saved_at];
    } catch {
      return ["failed"];
    }
  }

  async function save() {
    window.clearTimeout(timer);
    const upTo = changes;
    since = 0;
    say("saving");
    const [result, time] = await tried();
    reached = result === "saved" || result === "failed";
    if (result === "saved") kept = upTo;
    sending = null;
    if (result === "saved" && kept !== changes) plan();
    else say(result, time);
    if (result !== "saved" && !submitting) {
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, AGAIN);
    }
  }

  function keep() {
    if (!address || submitting || kept === changes) return sending ?? Promise.resolve();
    sending ??= save();
    return sending;
  }

  function plan() {
    if (!address) return;
    const now = Date.now();
    since ||= now;
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, Math.max(0, Math.min(PAUSE, since + LONGEST - now)));
  }

  function changed() {
    changes += 1;
    since ||= Date.now();
    if (sending) return;
    if (reached) say("unsaved");
    plan();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      keep();
    }
  });

  // Where the server was not reached the page is not left: what is typed is only here.
  form.addEventListener("submit", (event) => {
    if (!reached) {
      event.preventDefault();
      const button = event.submitter;
      changes += kept === changes ? 1 : 0;
      keep().then(() => {
        if (!reached) return;
        if (button) button.click();
        else form.requestSubmit();
      });
      return;
    }
    submitting = true;
    window.clearTimeout(timer);
  });

  // The page is blank and about to be left: it waits until the words are kept, however long the server is away or
  // nobody is signed in; only a server that refuses them ends the wait.
  async function keepAll() {
    while (kept !== changes) {
      await keep();
      if (reached) break;
      await new Promise((done) => window.setTimeout(done, AGAIN));
    }
    submitting = true;
  }

  document.addEventListener("langsikt:lock", (event) => event.detail.push(keepAll()));

  window.addEventListener("pageshow", () => {
    submitting = false;
  });

  window.addEventListener("beforeunload", (event) => {
    if (!submitting && kept !== changes) event.preventDefault();
  });
})();
