// Says that scripts run, so that the style sheets may show what needs them.
document.documentElement.classList.add("js");
