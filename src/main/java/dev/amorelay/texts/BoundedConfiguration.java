package dev.amorelay.texts;

import freemarker.cache.TemplateLoader;
import freemarker.template.Configuration;
import freemarker.template.Template;
import java.io.IOException;
import java.io.Reader;
import java.util.Locale;

/** Gives out bounded templates, whoever asks for them: Java, Camel's component, another template. */
final class BoundedConfiguration extends Configuration {

    private static final String BOUNDED = "bounded";

    BoundedConfiguration() {
        super(VERSION_2_3_34);
    }

    @Override
    public Template getTemplate(String name, Locale locale, Object condition, String encoding, boolean parsed, boolean ignoreMissing) throws IOException {
        Template found = super.getTemplate(name, locale, condition, encoding, parsed, ignoreMissing);
        if (found == null || !parsed) {
            return found;
        }
        // kept beside what the cache keeps, as long as the text is the same
        synchronized (found) {
            if (found.getCustomAttribute(BOUNDED) instanceof Template bounded) {
                return bounded;
            }
            TemplateLoader loader = getTemplateLoader();
            try (Reader text = loader.getReader(loader.findTemplateSource(found.getName()), encoding)) {
                BoundedTemplate bounded = new BoundedTemplate(found.getName(), text, this);
                found.setCustomAttribute(BOUNDED, bounded);
                return bounded;
            }
        }
    }
}
