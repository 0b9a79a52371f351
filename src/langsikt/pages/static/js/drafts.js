// Keeps what is typed as a draft on the server, says so in words, and warns before unsaved words are left.
(() => {
  const PAUSE = 1200;
  const form = document.querySelector("form[data-leave]");
  if (!form) return;
  const address = form.dataset.draftUrl;
  const status = document.querySelector("[data-save-status]");
  let timer = 0;
  let changes = 0;
  let kept = 0;
  let sending = false;
  let submitting = false;

  function say(kind, time) {
    if (!status) return;
    status.textContent = time ? `${status.dataset[kind]} ${time}` : status.dataset[kind];
    status.className = `save-status is-${kind}`;
  }

  async function keep() {
    window.clearTimeout(timer);
    if (!address || sending || submitting || kept === changes) return;
    const upTo = changes;
    const typed = new URLSearchParams(new FormData(form));
    typed.delete("csrfmiddlewaretoken");
    sending = true;
    say("saving");
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: typed,
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "", Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { saved_at: time } = await answer.json();
      kept = upTo;
      say(kept === changes ? "saved" : "unsaved", kept === changes ? time : "");
    } catch {
      say("failed");
      timer = window.setTimeout(keep, 5 * PAUSE);
    }
    sending = false;
    if (kept !== changes && kept === upTo) timer = window.setTimeout(keep, PAUSE);
  }

  form.addEventListener("input", () => {
    changes += 1;
    if (!sending) say("unsaved");
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      keep();
    }
  });

  form.addEventListener("submit", () => {
    submitting = true;
    window.clearTimeout(timer);
  });

  window.addEventListener("pageshow", () => {
    submitting = false;
  });

  window.addEventListener("beforeunload", (event) => {
    if (!submitting && kept !== changes) event.preventDefault();
  });
})();
