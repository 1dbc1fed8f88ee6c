// The script of a live page: parameters are moved, cells tried, exercises answered, and what changes is put in its place.
// It asks nobody but the server that the page came from, and keeps nothing but how the page looks.
"use strict";

(() => {
  const zh = document.documentElement.lang.startsWith("zh");
  const word = (en, chinese) => (zh ? chinese : en);
  const body = document.body;
  const leads = () => body.dataset.role === "lead";
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  // MARK: Asking

  async function ask(request) {
    let reply;
    try {
      reply = await fetch("do", {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...request, edition: Number(body.dataset.edition) }),
      });
    } catch {
      return { error: { message: word("the program does not answer", "程序没有回应") } };
    }
    try {
      return await reply.json();
    } catch {
      return { error: { message: word(`the program refused this (${reply.status})`, `程序拒绝了这一请求（${reply.status}）`) } };
    }
  }

  const said = (error) => error.message + (error.hint ? word(" – ", "；") + error.hint : "");

  // MARK: The bar

  const status = make("span", { class: "status", role: "status" });
  const voice = make("p", { class: "unseen", "aria-live": "polite" });
  const company = make("span", { class: "company" });
  const follow = make("button", { type: "button", class: "follow", "aria-pressed": "true", onclick: () => setFollowing(!following) });
  const invite = make("button", { type: "button", class: "invite", hidden: true, onclick: openInvitation }, word("Invite", "邀请"));
  const wide = make("button", { type: "button", class: "wide", "aria-pressed": "false", onclick: () => setProjector(!isProjector()) }, word("Projector", "投影"));
  const shade = make("button", { type: "button", onclick: nextTheme });
  const bar = make("header", { class: "bar", "aria-label": word("This page", "本页") }, status, company,
    make("span", { class: "room" }), follow, invite, wide, shade);

  function setStatus(kind, text) {
    status.dataset.kind = kind;
    if (status.textContent !== text) status.textContent = text;
  }

  const look = {
    get: (name) => { try { return localStorage.getItem("cesuan-" + name) || ""; } catch { return ""; } },
    set: (name, value) => { try { localStorage.setItem("cesuan-" + name, value); } catch { /* a look that is not kept */ } },
  };
  const themes = {
    "": word("Colours: auto", "配色：自动"), light: word("Colours: light", "配色：浅"), dark: word("Colours: dark", "配色：深"),
  };

  function setTheme(theme) {
    if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
    shade.textContent = themes[theme] ?? themes[""];
    look.set("theme", theme);
  }

  function nextTheme() {
    const names = Object.keys(themes);
    setTheme(names[(names.indexOf(document.documentElement.dataset.theme || "") + 1) % names.length]);
  }

  const isProjector = () => document.documentElement.classList.contains("projector");

  function setProjector(on) {
    document.documentElement.classList.toggle("projector", on);
    wide.setAttribute("aria-pressed", String(on));
    look.set("projector", on ? "on" : "");
  }

  // MARK: Pieces

  const open = new Set();
  const kept = new Map();

  function setPiece({ id, html }) {
    const element = byId(id);
    if (!element) return;
    // Whoever is writing in a cell is not disturbed; it is renewed when they are done.
    if (open.has(element)) { kept.set(id, html); return; }
    const unfolded = all("details", element).map((one) => one.open);
    const focusable = "a[href],button,summary,[tabindex]";
    const focus = all(focusable, element).indexOf(document.activeElement);
    const holder = make("div");
    holder.innerHTML = html;
    element.replaceChildren(...holder.childNodes);
    const details = all("details", element);
    if (details.length === unfolded.length) details.forEach((one, i) => { one.open = unfolded[i]; });
    element.removeAttribute("aria-busy");
    dress(element);
    if (focus >= 0) all(focusable, element)[focus]?.focus({ preventScroll: true });
    if (id !== "clauses") {
      element.classList.remove("renewed");
      void element.offsetWidth;
      element.classList.add("renewed");
      renewed += 1;
    }
  }

  let renewed = 0;

  function setFigures(figures) {
    const texts = new Map(figures);
    for (const figure of all("main span.value")) {
      const text = texts.get(figure.title);
      if (text !== undefined && figure.textContent !== text) figure.textContent = text;
    }
  }

  // MARK: Cells

  function dress(cell) {
    if (!leads() || !cell.dataset.kind || cell.dataset.kind === "answer" || cell.querySelector(":scope > .edit")) return;
    cell.append(make("button", {
      type: "button", class: "edit", onclick: () => edit(cell),
      "aria-label": word(`Try another text in ${cell.dataset.name}`, `试改${cell.dataset.name}`),
    }, word("Try", "试改")));
  }

  async function edit(cell) {
    if (open.has(cell)) return;
    const reply = await ask({ do: "source", cell: Number(cell.dataset.cell) });
    if (reply.error) { setStatus("wrong", said(reply.error)); return; }
    openEditor(cell, reply.ok.text.replace(/\n$/, ""));
  }

  function openEditor(cell, text) {
    open.add(cell);
    const refusal = make("p", { class: "refusal", role: "alert" });
    const field = make("textarea", { spellcheck: "false", autocapitalize: "off", "aria-label": word(`Text of ${cell.dataset.name}`, `${cell.dataset.name}的文字`) });
    field.value = text;
    const close = () => {
      open.delete(cell);
      editor.remove();
      cell.classList.remove("open");
      const html = kept.get(cell.id);
      kept.delete(cell.id);
      if (html !== undefined) setPiece({ id: cell.id, html });
      cell.querySelector(":scope > .edit")?.focus({ preventScroll: true });
    };
    const run = async () => {
      refusal.textContent = "";
      const reply = await ask({ do: "try", cell: Number(cell.dataset.cell), text: field.value + "\n" });
      if (reply.error) refusal.textContent = said(reply.error); else close();
    };
    field.addEventListener("input", () => fit(field));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
      if (event.key === "Escape") { event.preventDefault(); close(); }
    });
    const editor = make("div", { class: "editor" }, field, refusal, make("div", { class: "tools" },
      make("button", { type: "button", class: "main", onclick: run }, word("Try it", "试算")),
      make("button", { type: "button", onclick: close }, word("Leave it", "不改")),
      make("span", { class: "keys" }, word("Ctrl+Enter tries, Esc leaves", "Ctrl+Enter 试算，Esc 不改"))));
    cell.classList.add("open");
    cell.prepend(editor);
    fit(field);
    field.focus();
  }

  function fit(field) {
    field.style.height = "auto";
    field.style.height = Math.min(field.scrollHeight + 4, window.innerHeight * 0.6) + "px";
  }

  // MARK: What is tried, and writing it

  const counted = make("span");
  const tray = make("section", { class: "tray", hidden: true, "aria-label": word("What is tried", "试改的内容") }, counted,
    make("button", { type: "button", class: "main", onclick: openWriting }, word("Write into the file …", "写入文件…")),
    make("button", { type: "button", onclick: restore }, word("Give up", "放弃")));

  function setTried(cells) {
    for (const cell of all(".cell[data-cell]")) cell.classList.toggle("tried", cells.includes(Number(cell.dataset.cell)));
    tray.hidden = !leads() || cells.length === 0;
    document.documentElement.classList.toggle("has-tray", !tray.hidden);
    counted.textContent = word(
      cells.length === 1 ? "One cell is tried; the file is as it was." : `${cells.length} cells are tried; the file is as it was.`,
      `试改了 ${cells.length} 个单元格，文件未变。`);
  }

  async function restore() {
    const reply = await ask({ do: "restore" });
    if (reply.error) setStatus("wrong", said(reply.error));
  }

  function dialog(title, ...children) {
    const box = make("dialog", { "aria-labelledby": "dialog-title" }, make("h2", { id: "dialog-title" }, title), ...children);
    box.addEventListener("close", () => box.remove());
    body.append(box);
    box.showModal();
    return box;
  }

  async function openWriting() {
    const lines = make("div", { class: "difference", tabindex: "0" });
    const refusal = make("p", { class: "refusal", role: "alert" });
    const answers = make("input", { type: "checkbox", id: "with-answers" });
    answers.checked = true;
    const write = make("button", { type: "button", class: "main" }, word("Write", "写入"));
    const leave = make("button", { type: "button" }, word("Leave the file as it is", "不写入"));
    let plan = null;
    const show = async () => {
      write.disabled = true;
      const reply = await ask({ do: "plan", answers: answers.checked });
      if (reply.error) { refusal.textContent = said(reply.error); return; }
      plan = reply.ok.plan;
      lines.innerHTML = reply.ok.html;
      write.disabled = reply.ok.empty;
    };
    answers.addEventListener("change", show);
    const box = dialog(word("Write this into the file?", "将以下改动写入文件？"), lines,
      make("p", {}, answers, make("label", { for: "with-answers" }, word(" and the answers, with the parameters of the file", " 连同各单元格的输出（参数取文件中的值）"))),
      refusal, make("div", { class: "tools" }, write, leave));
    leave.addEventListener("click", () => box.close());
    write.addEventListener("click", async () => {
      const reply = await ask({ do: "write", plan });
      if (reply.error) { refusal.textContent = said(reply.error); return; }
      box.close();
      say(word("Written into the file.", "已写入文件。"));
    });
    await show();
  }

  let invitation = "";

  function openInvitation() {
    const field = make("input", { type: "text", readonly: true, value: invitation, "aria-label": word("Address", "地址") });
    const leave = make("button", { type: "button" }, word("Close", "关闭"));
    const box = dialog(word("The address of those who follow", "跟看者的地址"),
      make("p", {}, word("Whoever opens it on this machine sees what you do and answers exercises; it moves and writes nothing.",
        "在本机打开此地址即可跟看并做练习，不能改参数，也不能写入。")), field, make("div", { class: "tools" }, leave));
    leave.addEventListener("click", () => box.close());
    field.focus();
    field.select();
  }

  // MARK: Parameters

  const digits = (text) => text.replace(/[,，\s]/g, "").match(/^-?\d+(\.\d+)?/)?.[0] ?? "";
  const moves = new Map();

  function send(name, value) {
    const move = moves.get(name) ?? { wanted: null, busy: false };
    moves.set(name, move);
    move.wanted = value;
    if (!move.busy) flush(name, move);
  }

  async function flush(name, move) {
    move.busy = true;
    while (move.wanted !== null) {
      const value = move.wanted;
      move.wanted = null;
      const reply = await ask({ do: "move", name, value });
      const refusal = controlOf(name)?.querySelector(".refusal");
      if (refusal) refusal.textContent = reply.error ? said(reply.error) : "";
      // What one move shows is seen before the next is asked for.
      if (move.wanted !== null) await Promise.race([settled(), pause(90)]);
    }
    move.busy = false;
  }

  const pause = (time) => new Promise((done) => setTimeout(done, time));
  let waiters = [];
  const settled = () => new Promise((done) => waiters.push(done));

  const controlOf = (name) => all(".control").find((one) => one.dataset.parameter === name);

  function prepare(control) {
    const name = control.dataset.parameter;
    const on = (selector, event, act) => all(selector, control).forEach((field) => field.addEventListener(event, () => act(field)));
    switch (control.dataset.kind) {
      case "slider": {
        const slide = control.querySelector(".slide"), exact = control.querySelector(".exact");
        const scale = 10 ** Number(control.dataset.decimals);
        const step = Number(slide.dataset.step), least = Number(slide.min), most = Number(slide.max);
        const written = (raw) => String(Number((raw / scale).toFixed(Number(control.dataset.decimals))));
        const place = () => {
          const text = digits(exact.value);
          if (text) slide.value = String(Math.round(Number(text) * scale));
          slide.setAttribute("aria-valuetext", `${exact.value} ${control.dataset.unit}`);
          slide.style.setProperty("--part", most > least ? (Number(slide.value) - least) / (most - least) : 0);
        };
        const tell = () => send(name, digits(exact.value) + control.dataset.suffix);
        on(".slide", "input", () => {
          // Steps are counted from the least; both ends are always reached.
          const raw = Number(slide.value);
          const even = raw >= most ? most : Math.min(most, least + Math.round((raw - least) / step) * step);
          exact.value = written(even);
          place();
          tell();
        });
        slide.addEventListener("keydown", (event) => {
          const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
          if (!by) return;
          event.preventDefault();
          const raw = Math.round(Number(digits(exact.value)) * scale) + by * step;
          exact.value = written(Math.max(least, Math.min(most, raw)));
          place();
          tell();
        });
        on(".exact", "change", () => { place(); send(name, exact.value.trim() + (/[%％]$/.test(exact.value) ? "" : control.dataset.suffix)); });
        control.show = (value) => {
          exact.value = digits(value) || value;
          place();
        };
        control.show(exact.value);
        break;
      }
      case "switch":
        on("input", "change", (field) => send(name, field.checked ? field.dataset.on : field.dataset.off));
        control.show = (value) => { const field = control.querySelector("input"); field.checked = value === field.dataset.on; };
        break;
      case "choices":
        on("input", "change", (field) => send(name, field.value));
        control.show = (value) => all("input", control).forEach((field) => { field.checked = field.value === value; });
        break;
      default:
        on("input,select", "change", (field) => send(name, field.value));
        control.show = (value) => { control.querySelector("input,select").value = value; };
    }
    all("input,select", control).forEach((field) => { field.disabled = !leads(); });
  }

  function setParameters(values) {
    for (const [name, value] of Object.entries(values)) {
      const control = controlOf(name), move = moves.get(name);
      // Where somebody is moving it, it is where their hand is.
      if (!control || move?.busy || control.shown === value) continue;
      if (control.contains(document.activeElement) && document.activeElement.type === "text" && leads()) continue;
      control.shown = value;
      control.show(value);
    }
  }

  // MARK: Exercises

  async function judge(form) {
    const field = form.querySelector("textarea"), verdict = form.querySelector(".verdict"), tried = form.querySelector(".tried");
    if (!field.value.trim()) { verdict.textContent = word("Write a command first.", "请先写命令。"); return; }
    form.dataset.verdict = "";
    verdict.textContent = word("…", "…");
    const reply = await ask({ do: "answer", exercise: form.dataset.exercise, text: field.value });
    if (reply.error) { verdict.textContent = said(reply.error); form.dataset.verdict = "wrong"; return; }
    form.dataset.verdict = reply.ok.right ? "right" : "wrong";
    verdict.textContent = reply.ok.right ? word("✓ Right", "✓ 正确") : word("✗ Not yet", "✗ 尚不对");
    tried.innerHTML = reply.ok.html;
  }

  function prepareExercise(form) {
    form.addEventListener("submit", (event) => { event.preventDefault(); judge(form); });
    const field = form.querySelector("textarea");
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); judge(form); }
    });
    field.addEventListener("input", () => { fit(field); form.dataset.verdict = ""; form.querySelector(".verdict").textContent = ""; });
    fit(field);
  }

  // MARK: Leading and following

  let following = true;
  let place = "";

  function setFollowing(on) {
    following = on;
    follow.setAttribute("aria-pressed", String(on));
    follow.textContent = on ? word("Following", "跟随中") : word("Follow", "跟随");
    if (on) goTo(place);
  }

  function goTo(id) {
    const element = id && byId(id);
    if (element) element.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  function placeInView() {
    const line = window.innerHeight * 0.35;
    let found = "";
    for (const element of all("main h1[id],main h2[id],main h3[id],main .cell[id],main .exercise[id]")) {
      if (element.getBoundingClientRect().top <= line) found = element.id; else break;
    }
    return found;
  }

  let placing = 0;
  function onScroll() {
    if (!leads() || placing) return;
    placing = setTimeout(() => {
      placing = 0;
      const now = placeInView();
      if (now !== place) { place = now; ask({ do: "place", at: now }); }
    }, 250);
  }

  // MARK: Events

  function say(text) { voice.textContent = ""; requestAnimationFrame(() => { voice.textContent = text; }); }

  let busyTimer = 0;
  const trouble = make("section", { class: "trouble", role: "alert", hidden: true });

  function take(state) {
    body.dataset.version = state.version;
    setParameters(state.parameters);
    setTried(state.tried);
    if (trouble.dataset.html !== state.trouble) {
      trouble.dataset.html = state.trouble;
      trouble.innerHTML = state.trouble;
      trouble.hidden = !state.trouble;
    }
    company.textContent = state.viewers > 1 ? word(`${state.viewers} viewers`, `${state.viewers} 处在看`) : "";
    clearTimeout(busyTimer);
    if (state.settled) {
      all("[aria-busy]").forEach((one) => one.removeAttribute("aria-busy"));
      setFigures(state.figures);
      setStatus(state.trouble ? "wrong" : "settled", state.trouble ? word("There is a mistake", "有错误") : word("Up to date", "已是最新"));
      if (renewed) say(word(renewed === 1 ? "One answer renewed." : `${renewed} answers renewed.`, `更新了 ${renewed} 处。`));
      renewed = 0;
      waiters.splice(0).forEach((done) => done());
    } else {
      // What is there in the twinkling of an eye need not be announced.
      busyTimer = setTimeout(() => {
        setStatus("working", word("Working …", "正在测算…"));
        state.waiting.forEach((number) => byId(`cell-${number}`)?.setAttribute("aria-busy", "true"));
      }, 200);
    }
  }

  async function renew() {
    const answers = new Map(all("form.exercise").map((form) => [form.dataset.exercise, form]));
    const reply = await fetch("./");
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const unfolded = new Set(all("details").filter((one) => one.open).map((one) => one.querySelector("summary")?.textContent));
    const top = window.scrollY;
    open.clear();
    kept.clear();
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    body.dataset.edition = page.body.dataset.edition;
    body.dataset.version = page.body.dataset.version;
    document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
    all("details").forEach((one) => { if (unfolded.has(one.querySelector("summary")?.textContent)) one.open = true; });
    // What somebody has answered stays theirs.
    all("form.exercise").forEach((form) => { const old = answers.get(form.dataset.exercise); if (old) form.replaceWith(withId(old, form.id)); });
    prepareAll(answers);
    window.scrollTo({ top, behavior: "instant" });
  }

  function withId(form, id) { form.id = id; return form; }

  // What is scrolled to is not hidden below the parameters.
  const ruler = new ResizeObserver(measure);

  function measure() {
    const controls = byId("controls");
    const covers = controls && getComputedStyle(controls).position === "sticky";
    document.documentElement.style.setProperty("--controls", covers ? `${controls.offsetHeight}px` : "0px");
  }

  function prepareAll(known = new Map()) {
    ruler.disconnect();
    measure();
    if (byId("controls")) ruler.observe(byId("controls"));
    if (matchMedia("(max-width: 40rem)").matches) all("nav details").forEach((one) => { one.open = false; });
    all(".control").forEach(prepare);
    all(".cell[data-kind]").forEach(dress);
    all("form.exercise").filter((form) => known.get(form.dataset.exercise) !== form).forEach(prepareExercise);
  }

  let events = null;

  function listen() {
    events = new EventSource("events");
    // One after another: what comes while the page is fetched anew is put into the new one.
    let chain = Promise.resolve();
    const on = (name, act) => events.addEventListener(name, (event) => {
      const state = JSON.parse(event.data);
      chain = chain.then(() => act(state)).catch((mistake) => setStatus("wrong", String(mistake)));
    });
    on("hello", async (state) => {
      invitation = state.invite;
      invite.hidden = !invitation;
      place = state.place;
      if (String(state.edition) !== body.dataset.edition || String(state.version) !== body.dataset.version) await renew();
      take(state);
      if (!leads() && following) goTo(place);
    });
    on("pieces", (state) => { state.pieces.forEach(setPiece); take(state); });
    for (const name of ["settled", "working", "viewers"]) on(name, take);
    on("reload", async (state) => { await renew(); take(state); say(word("The file has changed; the page is renewed.", "文件有变动，页面已更新。")); });
    on("lost", (state) => dialog(word("The file has changed", "文件有变动"),
      make("p", {}, word("What was tried here no longer has its place in the file:", "以下试改的内容在文件中已无对应位置：")),
      ...state.texts.map((text) => make("pre", {}, text)),
      make("form", { method: "dialog", class: "tools" }, make("button", {}, word("Close", "关闭")))));
    on("place", (state) => { place = state.place; if (!leads() && following) goTo(place); });
    events.onerror = () => setStatus("wrong", word("Not connected – the program has ended, or pauses", "连接已断开：程序已结束或暂停"));
  }

  body.classList.toggle("leads", leads());
  body.prepend(make("a", { class: "skip", href: "#page" }, word("To the page", "跳到正文")), bar, trouble);
  const main = document.querySelector("main");
  main.id = "page";
  main.tabIndex = -1;
  body.append(tray, voice);
  setTheme(look.get("theme"));
  setProjector(look.get("projector") === "on");
  follow.hidden = leads();
  setFollowing(true);
  prepareAll();
  if (leads()) addEventListener("scroll", onScroll, { passive: true });
  else for (const name of ["wheel", "touchmove"]) addEventListener(name, () => { if (following) setFollowing(false); }, { passive: true });
  listen();
  // A browser keeps six connections to a server, for all its windows together: who is not seen gives its own back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { events?.close(); events = null; } else if (!events) listen();
  });
})();
