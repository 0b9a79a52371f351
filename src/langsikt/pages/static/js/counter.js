// Says how many characters are left when a field is nearly full, and how many too many there are.
(() => {
  const english = document.documentElement.lang === "en";

  function words(left) {
    if (left < 0) return english ? `${-left} characters too many` : `${-left} tecken för mycket`;
    return english ? `${left} characters left` : `${left} tecken kvar`;
  }

  for (const field of document.querySelectorAll("[data-most]")) {
    const most = Number(field.dataset.most);
    const line = document.createElement("p");
    line.className = "counter";
    line.setAttribute("aria-live", "polite");
    field.insertAdjacentElement("afterend", line);
    const count = () => {
      const left = most - [...field.value].length;
      line.textContent = left <= most / 5 ? words(left) : "";
      line.classList.toggle("is-over", left < 0);
    };
    field.addEventListener("input", count);
    count();
  }
})();
