// How pages look: one style sheet for the screen, for paper and for slides, light and dark. Colours are variables, so
// that charts within a page follow it. Knows nothing of what a page says.

import Diagnostics

/// How pages look.
enum PageStyle {
  static let light = """
    --ink:#1d2329;--soft:#5c6670;--line:#dde1e5;--paper:#fff;--wash:#f5f6f7;--accent:#1f5f99;--good:#2b6e35;\
    --bad:#b3261e;--warn:#8a5a00;--c1:#2566ad;--c2:#e08a2c;--c3:#2f7d53;--c4:#c08fd0;--c5:#8a6d12;\
    --c6:#8fa9ba;--c7:#a83a5b;--c8:#4fb6b0;
    """
  static let dark = """
    --ink:#e3e6e9;--soft:#a0a9b2;--line:#363c43;--paper:#15181b;--wash:#1e2226;--accent:#86b8ea;--good:#86c78f;\
    --bad:#ff8f86;--warn:#e2b45c;--c1:#6aa5e6;--c2:#f0ad66;--c3:#5fae7c;--c4:#d3b0e3;--c5:#b89a3a;\
    --c6:#b9ccd8;--c7:#e0718f;--c8:#7fd3cd;
    """
  static let fonts = """
    --sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"PingFang SC","Microsoft YaHei",\
    "Noto Sans CJK SC","Noto Sans SC",sans-serif;
    """
  /// Chinese fonts first, so that punctuation and figures come out of the same face as the text.
  private static let chineseFonts = """
    --sans:"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","Noto Sans SC",\
    system-ui,sans-serif;
    """
  private static let mono = """
    --mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC","Sarasa Mono SC",monospace;
    """

  static func sheet(_ language: Language) -> String {
    let fonts = language == .zh ? chineseFonts : self.fonts
    return ":root{color-scheme:light dark;" + light + fonts + mono + "}\n@media(prefers-color-scheme:dark){:root{"
      + dark + "}}\n" + common
      + (language == .zh ? chinese : "") + SVGRenderer.style + printed
  }

  /// Light or dark by choice, whatever the reader's system prefers.
  static let chosen =
    ":root[data-theme=light]{color-scheme:light;" + light + "}\n:root[data-theme=dark]{color-scheme:dark;" + dark
    + "}\n"

  /// The same within one element of another page. Rules nest in that element, and those about a page as a whole find
  /// nothing there. Notebooks say by an attribute of theirs whether they are dark.
  static func excerpt(_ language: Language) -> String {
    let name = ".cesuan-answer"
    let fonts = language == .zh ? chineseFonts : self.fonts
    return name + "{" + light + fonts + mono + "color:var(--ink);font:14px/1.55 var(--sans);overflow-wrap:break-word}\n"
      + "@media(prefers-color-scheme:dark){" + name + "{" + dark + "}}\n"
      + "[data-jp-theme-light=true] " + name + "{" + light + "}\n"
      + "[data-jp-theme-light=false] " + name + "{" + dark + "}\n"
      + name + "{\n" + common + (language == .zh ? chinese : "") + SVGRenderer.style
      + "p,li,blockquote{max-width:none}table{border:0}th,td{background:none}.table{background:none}\n}\n"
  }

  private static let common = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.65 var(--sans);overflow-wrap:break-word}
    main{max-width:54rem;margin:0 auto;padding:2.5rem 1.5rem 5rem}
    h1,h2,h3,h4,h5,h6{line-height:1.3;font-weight:650;margin:2.2em 0 .7em;text-wrap:balance}
    h1{font-size:1.9rem;margin-top:0}h2{font-size:1.4rem;padding-top:.9em;border-top:1px solid var(--line)}\
    h3{font-size:1.13rem}
    h4,h5,h6{font-size:1rem}
    p,ul,ol,blockquote,figure,pre,.table,.lines{margin:0 0 1.05em}
    p,li,blockquote{max-width:44rem}
    li>p{margin-bottom:.4em}
    a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.18em}
    blockquote{margin-left:0;padding-left:1rem;border-left:3px solid var(--line);color:var(--soft)}
    hr{border:0;border-top:1px solid var(--line);margin:2.2em 0}
    code,pre{font-family:var(--mono);font-size:.87em}
    :not(pre)>code{background:var(--wash);border-radius:3px;padding:.1em .3em}
    pre{background:var(--wash);border-radius:6px;padding:.8rem 1rem;overflow-x:auto;line-height:1.5;\
    white-space:pre-wrap;overflow-wrap:anywhere}
    pre code{font-size:inherit}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    .lead{color:var(--soft);margin-top:-.4em}
    .cell{margin:0 0 1.6em}
    .cell>pre:first-child{margin-bottom:0}
    .cell>pre.cesuan{border-left:3px solid var(--accent);border-radius:0 6px 6px 0}
    .cell>pre.policy,.cell>pre.scenario{border-left:3px solid var(--c4);border-radius:0 6px 6px 0}
    .cell>details.source>summary{color:var(--soft);font-size:.9rem}
    .answer{margin-top:.9em;font-size:.95rem}
    .answer>:last-child{margin-bottom:0}
    .answer+.answer{border-top:1px dashed var(--line);padding-top:.9em}
    p.head{font-weight:650;margin-bottom:.3em}
    .answer>p:not(.head){max-width:none}
    .table{overflow-x:auto;background:linear-gradient(to right,var(--paper) 2rem,transparent),linear-gradient(to left,\
    var(--paper) 2rem,transparent) 100% 0,linear-gradient(to right,var(--line),transparent) 0 0/.6rem 100%,\
    linear-gradient(to left,var(--line),transparent) 100% 0/.6rem 100%;background-repeat:no-repeat;\
    background-attachment:local,local,scroll,scroll}
    table{border-collapse:collapse;font-size:.93em;line-height:1.45;min-width:50%}
    :is(main,li,blockquote,section,.exercise)>table{display:block;overflow-x:auto;margin:0 0 1.05em;min-width:0}
    caption{text-align:left;font-weight:650;padding:0 0 .4em}
    th,td{padding:.36em .9em .36em 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
    th:last-child,td:last-child{padding-right:.2em}
    thead th{color:var(--soft);font-weight:600;font-size:.92em;vertical-align:bottom;\
    border-bottom:1px solid var(--soft)}
    tbody th{font-weight:400}
    tr.section th{padding-top:1em;font-weight:600;border-bottom-color:var(--soft)}
    tfoot th,tfoot td{font-weight:650;border-bottom:0;border-top:1px solid var(--soft)}
    .num{text-align:right;font-variant-numeric:tabular-nums lining-nums;white-space:nowrap;padding-left:.9em}
    tr.muted th,tr.muted td,.muted{color:var(--soft)}
    tr.strong th,tr.strong td{font-weight:650}
    tr.warning td,tr.warning th{color:var(--warn)}
    .money,.number,.date{font-variant-numeric:tabular-nums lining-nums}
    p .money,p .number,p .date,li .money{white-space:nowrap}
    .name{font-family:var(--mono);font-size:.92em}
    .article,.place{white-space:nowrap}
    .good{color:var(--good)}.bad{color:var(--bad)}.warning{color:var(--warn)}
    .keyword{font-weight:600}
    .note{color:var(--soft)}.note.warning{color:var(--warn)}.note.error{color:var(--bad)}
    .lines>div{white-space:pre-wrap}
    span.value{font-variant-numeric:tabular-nums lining-nums;font-weight:650;white-space:nowrap;\
    border-bottom:1px dotted var(--soft)}
    summary{cursor:pointer}
    ul.tree,ul.tree ul{list-style:none;padding:0;margin:0}
    ul.tree{margin-bottom:1.05em}
    ul.tree ul{padding-left:1.05rem;margin-left:.28rem;border-left:1px solid var(--line)}
    ul.tree li{max-width:none;padding:.1em 0}
    ul.tree ul li:not(:has(>details)){padding-left:1.02rem}
    figure{margin-left:0;margin-right:0}
    figcaption{font-weight:650;margin-bottom:.4em}
    svg.chart{display:block;width:100%;max-width:45rem;height:auto}
    details.figures,details.source,details.spoiler,details.rule{margin:.5em 0 1em}
    details.spoiler>summary,details.rule>summary{color:var(--soft);font-size:.9rem}
    details.figures>summary{color:var(--soft);font-size:.9em}
    nav{margin:0 0 1.6em;font-size:.93rem}
    nav summary{font-weight:650;color:var(--soft)}
    nav ul{list-style:none;padding:0;margin:.5em 0 0;columns:2;column-gap:2rem}
    nav li{break-inside:avoid;padding:.12em 0;max-width:none}
    nav li.l3{padding-left:1.1rem;font-size:.95em}nav li.l4,nav li.l5,nav li.l6{display:none}
    nav a{text-decoration:none}nav a:hover{text-decoration:underline}
    .exercise{border:1px solid var(--line);border-radius:8px;padding:1rem 1.2rem;margin:0 0 1.6em}
    .exercise>:last-child{margin-bottom:0}
    .exercise>.label{font-weight:650;color:var(--soft);margin-bottom:.5em}
    .blank{min-height:7.5rem;background:repeating-linear-gradient(transparent 0 2.35rem,\
    var(--line) 2.35rem calc(2.35rem + 1px))}
    section.clause{margin:0 0 2em}
    section.clause>h3{margin-bottom:.3em}
    .clause>.where{color:var(--soft);font-size:.93em;margin-bottom:.7em}
    .task{list-style:none;margin-left:-1.3em}
    @media(min-width:82rem){nav{position:fixed;left:calc(50% - 41rem + 1rem);top:2rem;width:13rem;padding:0;\
    max-height:calc(100vh - 4rem);overflow-y:auto}nav ul{columns:1}main{position:relative;left:5rem}}
    @media(max-width:40rem){main{padding:1.4rem 1rem 3rem}nav ul{columns:1}.lesser{display:none}table{min-width:0}\
    h1{font-size:1.5rem}h2{font-size:1.22rem}body{font-size:15.5px}th,td{padding-right:.6em}.num{padding-left:.6em}\
    .exercise{padding:.8rem .9rem}}

    """

  /// Chinese is set with more room between lines, and without italics, which its characters do not have.
  private static let chinese = """
    body{line-height:1.8;text-spacing-trim:trim-start;text-autospace:normal;line-break:strict}
    em,blockquote em{font-style:normal;text-emphasis:filled dot;text-emphasis-position:under right}
    .answer em,.exercise .answer em,em.picture{text-emphasis:none}
    p{text-align:justify;text-align-last:left}
    .answer p,.lines,td,th,li,.lead,nav{text-align:left}
    @media(max-width:40rem){p{text-align:left}}

    """

  private static let printed = """
    @page{size:A4;margin:15mm 16mm 16mm}
    @media print{
    :root{color-scheme:light;\(light)}
    body{font-size:10pt;line-height:1.45}
    main{max-width:none;padding:0;left:0}
    nav{display:none}
    h1{font-size:17pt;margin-bottom:.45em}h2{font-size:13pt;margin:.9em 0 .35em;padding-top:.4em}\
    h3{font-size:11.5pt;margin:.8em 0 .35em}
    p,ul,ol,blockquote,figure,pre,.table,.lines,ul.tree{margin-bottom:.45em}
    p,li,blockquote{max-width:none}
    .cell{margin-bottom:.6em}.answer{margin-top:.4em}.answer+.answer{padding-top:.4em}
    th,td{padding-top:.15em;padding-bottom:.15em}
    svg.chart{max-width:11cm}
    pre{padding:.4rem .7rem;font-size:8.5pt;line-height:1.4}
    h1,h2,h3,h4,.head,caption,figcaption,.exercise>.label{break-after:avoid}
    tr,figure,blockquote,.lines>div{break-inside:avoid}
    thead{display:table-header-group}tfoot{display:table-row-group}
    .table,pre{overflow:visible}
    .table{background:none}
    pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line)}
    table{font-size:9pt;min-width:0}
    th,td{padding-right:.55em}.num{padding-left:.55em}
    a{color:inherit;text-decoration:none}
    p,li{orphans:2;widows:2}
    .tree details::details-content,details.source::details-content{content-visibility:visible;height:auto;\
    block-size:auto}
    details.figures,details.spoiler:not([open]),details.rule:not([open]){display:none}
    .tree summary,details.source>summary{list-style:none}
    .exercise{break-inside:avoid}
    }

    """

  static let slides = """
    html{scroll-snap-type:y proximity}
    body.slides main{max-width:none;padding:0;left:0}
    section.slide{min-height:100vh;padding:6vh 7vw;scroll-snap-align:start;display:flex;flex-direction:column;\
    justify-content:center;border-bottom:1px solid var(--line)}
    section.slide>*{max-width:62rem;width:100%;margin-left:auto;margin-right:auto}
    section.slide{font-size:clamp(1rem,.7rem + .9vw,1.5rem)}
    section.slide h1{font-size:2.2em}section.slide h2{font-size:1.6em;border:0;padding:0;margin-top:0}\
    section.slide h3{font-size:1.25em}
    section.slide .number-of{font-size:.75rem;color:var(--soft);text-align:right;text-align-last:right;\
    margin:1.5rem auto 0}
    section.slide .answer{font-size:.85em}section.slide .answer pre{font-size:.8em}section.slide p,\
    section.slide li{max-width:none}
    @media print{@page{size:A4 landscape;margin:12mm}section.slide{min-height:0;padding:0;border:0;break-after:page;\
    justify-content:flex-start;font-size:13pt}section.slide:last-child{break-after:auto}\
    section.fit-19{font-size:19pt}section.fit-17{font-size:17pt}section.fit-15{font-size:15pt}\
    section.fit-11{font-size:11pt}section.fit-9{font-size:9.2pt}section.slide p,section.slide li{line-height:1.5}\
    section.slide>*{max-width:none}section.slide svg.chart{max-width:17.5cm;max-height:8.4cm}\
    section.slide table{font-size:.93em;min-width:72%}section.slide h1{font-size:1.9em}\
    section.slide h2{font-size:1.45em}section.slide .cell,section.slide .answer{margin-bottom:.4em}\
    section.slide pre{font-size:.8em}section.slide{position:relative}\
    section.slide>:is(h1,h2,h3):first-child{padding-right:4rem}\
    section.slide section.clause{margin-bottom:.8em}section.slide section.clause:last-of-type{margin-bottom:0}\
    section.slide .number-of{position:absolute;top:0;right:0;width:auto;margin:0;font-size:9pt}}

    """
}
