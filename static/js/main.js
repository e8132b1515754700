// The one script of every page: htmx, the editor's elements, and our own small modules.
import htmx from "htmx.org";
import "@github/markdown-toolbar-element";
import "@github/text-expander-element";
import "@github/file-attachment-element";
import "./composition.js";
import "./answers.js";
import "./session.js";
import "./bell.js";
import "./search_box.js";
import "./search_results.js";
import "./opened.js";
import "./editor.js";
import "./mentions.js";
import "./alike.js";
import "./attachments.js";
import "./tags_input.js";
import "./drafts/offline.js";
import "./drafts/writing.js";
import "./drafts/sending.js";
import "./drafts/offers.js";
import "./drafts/waiting.js";
import "./drafts/leaving.js";
import "./drafts/worker_here.js";
import "./photos.js";
import "./form_guard.js";
import "./menu.js";
import "./confirm.js";
import "./copy.js";
import "./print.js";
import "./fill.js";
import "./files.js";
import "./upload_limit.js";
import "./filters.js";
import "./theme_switch.js";
import "./prose.js";

// Pages with a chart bring a script of their own and reach htmx by this name.
window.htmx = htmx;
