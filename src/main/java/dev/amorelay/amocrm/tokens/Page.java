package dev.amorelay.amocrm.tokens;

import org.springframework.web.util.HtmlUtils;

/**
 * A plain page for the person whom amoCRM sent here.
 *
 * @param status HTTP status
 * @param html the page; it loads nothing and links nowhere, so that the code in its address goes nowhere
 */
public record Page(int status, String html) {

    private static final String FRAME = """
            <!doctype html>
            <html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer"><title>%s</title>
            <style>body{font:17px/1.5 system-ui,sans-serif;max-width:36em;margin:12vh auto;padding:0 1.2em;color:#1d2430;background:#fff}
            h1{font-size:1.45em;line-height:1.25;margin:0 0 .6em}p{margin:.5em 0}
            @media(prefers-color-scheme:dark){body{color:#e6e9ee;background:#14181f}}</style></head>
            <body><main><h1>%s</h1>%s</main></body></html>
            """;

    /**
     * A page.
     *
     * @param status HTTP status
     * @param title one sentence
     * @param paragraphs plain text
     * @return the page
     */
    static Page of(int status, String title, String... paragraphs) {
        StringBuilder text = new StringBuilder();
        for (String paragraph : paragraphs) {
            text.append("<p>").append(HtmlUtils.htmlEscape(paragraph)).append("</p>");
        }
        String heading = HtmlUtils.htmlEscape(title);
        return new Page(status, FRAME.formatted(heading, heading, text));
    }
}
