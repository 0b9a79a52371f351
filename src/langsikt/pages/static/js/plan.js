// The plan by keyboard: one stop for Tab, arrows between supports and rows, G for the next gap, + for a new support.
(() => {
  const plan = document.querySelector("[data-plan]");
  if (!plan) return;
  const rows = [...plan.querySelectorAll("[data-row]")]
    .map((row) => [...row.querySelectorAll("[data-bar]")].sort((a, b) => start(a) - start(b)))
    .filter((row) => row.length);
  const bars = rows.flat();

  function start(bar) {
    return parseFloat(bar.querySelector("rect").getAttribute("x"));
  }

  function stop(bar) {
    for (const other of bars) other.setAttribute("tabindex", other === bar ? "0" : "-1");
  }

  function go(bar) {
    if (!bar) return;
    stop(bar);
    bar.focus();
  }

  // In another row, the support that begins nearest.
  function nearest(row, bar) {
    return row?.reduce((best, one) => (Math.abs(start(one) - start(bar)) < Math.abs(start(best) - start(bar)) ? one : best));
  }

  function following(bar) {
    const at = bars.indexOf(bar);
    return [...bars.slice(at + 1), ...bars.slice(0, at + 1)].find((one) => "gap" in one.dataset);
  }

  const moves = {
    ArrowRight: (bar, row) => row[row.indexOf(bar) + 1],
    ArrowLeft: (bar, row) => row[row.indexOf(bar) - 1],
    ArrowDown: (bar, row) => nearest(rows[rows.indexOf(row) + 1], bar),
    ArrowUp: (bar, row) => nearest(rows[rows.indexOf(row) - 1], bar),
    Home: (bar, row) => row[0],
    End: (bar, row) => row[row.length - 1],
    g: following,
    G: following,
  };

  plan.addEventListener("keydown", (event) => {
    const bar = event.target.closest("[data-bar]");
    if (!bar || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = document.querySelector("[data-new]");
    if (event.key === "+" && way) {
      way.click();
    } else if (moves[event.key]) {
      event.preventDefault();
      go(moves[event.key](bar, rows.find((row) => row.includes(bar))));
    }
  });

  // Enter opens the row of the table, and the focus goes there; Enter once more opens what changes it.
  plan.addEventListener("click", (event) => {
    const bar = event.target.closest("[data-bar]");
    const row = bar && document.getElementById(bar.getAttribute("href").slice(1));
    if (!row) return;
    stop(bar);
    setTimeout(() => row.focus(), 0);
  });
  document.querySelector(".plan-table")?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("tr")) event.target.querySelector("[data-edit]")?.click();
  });

  if (bars.length) stop(bars[0]);
})();
