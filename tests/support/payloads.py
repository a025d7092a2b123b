"""Payloads: two hundred ways to run a script, or to call home, from inside a text."""

from itertools import product

HOME = "https://evil.example"
RUN = "window.__ran=1"
_TAGS = (
    "<script>{run}</script>",
    "<img src=x onerror={run}>",
    "<svg onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe src=javascript:parent.{run}></iframe>",
    "<body onload={run}>",
    "<input autofocus onfocus={run}>",
    "<details open ontoggle={run}>",
    "<video><source onerror={run}></video>",
    "<audio src=x onerror={run}>",
    "<object data=javascript:{run}></object>",
    "<embed src=javascript:{run}>",
    "<marquee onstart={run}>",
    "<math><mtext><table><mglyph><style><img src=x onerror={run}>",
    "<form><button formaction=javascript:{run}>x</button></form>",
    "<a href=javascript:{run}>click</a>",
    "<template><img src=x onerror={run}></template>",
    "<base href=javascript:/{run}//>",
    "<meta http-equiv=refresh content='0;url={home}'>",
    "<link rel=stylesheet href={home}/x.css>",
    "<style>@import '{home}/x.css';</style>",
    "<img src={home}/pixel.png>",
    '<div style="background:url({home}/x.png)">x</div>',
    '<noscript><p title="</noscript><img src=x onerror={run}>">',
    "<xmp><p title='</xmp><img src=x onerror={run}>'>",
    "<select><iframe onload={run}></select>",
    "<x onclick={run} tabindex=1 autofocus onfocus={run}>x</x>",
)
_WRAPS = ("{0}", '">{0}', "'>{0}", "]]>{0}", "```\n{0}\n```", "**{0}**", "1. {0}\n2. x", "| a |\n|---|\n| {0} |")
_LINKS = (
    "[x](javascript:{run})",
    "[x](JaVaScRiPt:{run})",
    "[x](java\tscript:{run})",
    "[x](&#106;avascript:{run})",
    "[x](data:text/html,<script>{run}</script>)",
    "[x](vbscript:{run})",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "![x]({home}/pixel.png)",
    "![x](javascript:{run})",
    "[x]: javascript:{run}\n[x]",
    "<javascript:{run}>",
    "[<img src=x onerror={run}>](/articles/x)",
    '[x](/x "onmouseover={run}")',
    '[x](article:a"onclick={run})',
    "[1](javascript:{run})",
    "{{{{constructor.constructor('{run}')()}}}}",
    "${{{run}}}",
    "javascript:{run}",
    "\\u003cscript\\u003e{run}\\u003c/script\\u003e",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "%3Cscript%3E{run}%3C/script%3E",
    "<scr\x00ipt>{run}</script>".replace("\x00", "<b>"),
    "\u202e<script>{run}</script>",
)

PAYLOADS = [
    text.replace("{run}", RUN).replace("{home}", HOME).replace("{{", "{").replace("}}", "}")
    for text in (*(wrap.format(tag) for tag, wrap in product(_TAGS, _WRAPS)), *_LINKS)
][:248]
