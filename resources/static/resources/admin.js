/* Small help for the curators' desk. Boxes in which one searches as one types get their names for
   screen readers, a refused form is read from its mistakes, and the keyboard goes where the work is. */
(function () {
  "use strict";

  function labelOf(select) {
    return document.querySelector('label[for="' + select.id + '"]');
  }

  function wordsOf(label) {
    return label.textContent.replace(/:\s*$/, "").trim();
  }

  function name(select) {
    const label = labelOf(select);
    const box = select.parentElement.querySelector(".select2");
    if (!label || !box) return;
    label.id = label.id || select.id + "-label";
    box.querySelectorAll('[role="combobox"], [role="textbox"]').forEach(function (part) {
      const others = (part.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
      part.setAttribute("aria-labelledby", [label.id].concat(others).join(" "));
    });
    box.querySelectorAll(".select2-search__field").forEach(function (field) {
      field.setAttribute("aria-label", wordsOf(label));
    });
  }

  const $ = window.django && window.django.jQuery;
  if ($) {
    // Asked for after Django's own script asked for the same moment, so its boxes are there.
    $(function () {
      document.querySelectorAll("select.admin-autocomplete").forEach(name);
    });
    $(document).on("select2:open", function (event) {
      const label = labelOf(event.target);
      const field = document.querySelector(".select2-dropdown .select2-search__field");
      if (label && field) field.setAttribute("aria-label", wordsOf(label));
    });
  }

  // Django marks the chosen filter by its color alone.
  document.querySelectorAll("#changelist-filter .selected a").forEach(function (link) {
    link.setAttribute("aria-current", "true");
  });

  // While the name of a new entry is typed, what there is already under a like name.
  const like = document.getElementById("like");
  const typed = document.getElementById("id_name");
  if (like && typed) {
    typed.closest(".form-row").append(like);
    let waiting = 0;
    typed.addEventListener("input", function () {
      clearTimeout(waiting);
      waiting = setTimeout(async function () {
        const name = typed.value;
        const answer = await fetch(like.dataset.url + "?" + new URLSearchParams({ name: name, except: like.dataset.except }));
        if (answer.ok && typed.value === name) like.innerHTML = await answer.text();
      }, 400);
    });
  }

  // What is listed says which rule it belongs to, where none was chosen yet.
  const RULES = [
    ["states", "area_kind", "national", "states"],
    ["insurance", "insurance_rule", "not_stated", "listed"],
    ["income_limit_percent", "income_rule", "not_stated", "fpl_percent"],
  ];

  function follow(rule, unsaid, said) {
    const select = document.getElementById("id_" + rule);
    if (select && select.value === unsaid) select.value = said;
  }

  if ($) {
    RULES.forEach(function (each) {
      // By jQuery: the boxes in which one searches tell no other of a change.
      $("#id_" + each[0]).on("change", function () {
        if ($(this).val().length) follow(each[1], each[2], each[3]);
      });
    });
  }

  // The page that a new entry is about is most often the page that it was read on.
  let put = "";
  document.addEventListener("change", function (event) {
    const source = document.getElementById("id_sources-0-url");
    if (!event.target.matches("#id_url, #id_website") || !source || source.defaultValue) return;
    if (source.value === put) source.value = put = event.target.value;
  });

  document.addEventListener("formset:added", function (event) {
    if (event.detail.formsetName === "dollar_limits") follow("income_rule", "not_stated", "dollar_table");
  });

  // A row that was asked for is written in next.
  document.addEventListener("formset:added", function (event) {
    const box = event.target.querySelector("input:not([type=hidden]), select, textarea");
    if (box) box.focus();
  });

  // Django's links that act as buttons, such as "Add another Phone", heed the Enter key alone.
  document.addEventListener("keydown", function (event) {
    if (event.key !== " " || !event.target.matches('a[role="button"]')) return;
    event.preventDefault();
    event.target.click();
  });

  // A file that is too large is told before it is sent.
  document.addEventListener("change", function (event) {
    const field = event.target;
    if (!field.matches('input[type="file"][data-most]')) return;
    const file = field.files[0];
    const isTooLarge = file && file.size > Number(field.dataset.most);
    field.setCustomValidity(isTooLarge ? field.dataset.tooLarge : "");
    if (isTooLarge) field.reportValidity();
  });

  // After Django's own script has put the keyboard into the first box.
  window.addEventListener("load", function () {
    const mistakes = document.getElementById("mistakes");
    if (mistakes) mistakes.focus();
  });
})();
