package dev.amorelay.texts;

import dev.amorelay.workshop.DataFolder;
import freemarker.cache.TemplateLoader;
import java.io.Reader;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Loads templates from the folder of the flows as it was taken last, and from nowhere else. */
final class FolderLoader implements TemplateLoader {

    private volatile DataFolder folder = DataFolder.SHIPPED;
    /** What comes with the relay, read once. */
    private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

    void take(DataFolder taken) {
        folder = taken;
        known.clear();
    }

    @Override
    public Object findTemplateSource(String name) {
        return TemplateFile.isTemplate(name) ? known.computeIfAbsent(name, folder::text).map(text -> new Source(name, text)).orElse(null) : null;
    }

    /** Equal when the same text stands under the same name. */
    private record Source(String name, String text) {
    }

    /** By the text alone it is told whether a template has changed. */
    @Override
    public long getLastModified(Object source) {
        return -1;
    }

    /** The line break at the end of a file is the file's, not the text's. */
    @Override
    public Reader getReader(Object source, String encoding) {
        String text = ((Source) source).text().replace("\r\n", "\n");
        return new StringReader(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    @Override
    public void closeTemplateSource(Object source) {
        // nothing is open
    }
}
