package dev.amorelay.texts;

import dev.amorelay.settings.RouteSettings;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.EditedData;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Writes texts from the templates of this moment. A template sees what it is given and nothing else: no classes, no methods, no files
 * but the other templates of the folder. What ends with {@code .ftlh} is HTML, and strangers' texts in it are escaped.
 */
@Component
@Order(0)
public class TextTemplates implements EditedData {

    private final FolderLoader loader = new FolderLoader();
    private final Configuration configuration = configuration(loader);

    /** @param folder the templates */
    public TextTemplates(DataFolder folder) {
        take(folder);
    }

    /** @param settings tells the folder */
    @Autowired
    public TextTemplates(RouteSettings settings) {
        this(DataFolder.of(settings));
    }

    /** @return what Camel's component of the same name works with */
    Configuration configuration() {
        return configuration;
    }

    private static Configuration configuration(FolderLoader loader) {
        Configuration made = new BoundedConfiguration();
        made.setTemplateLoader(loader);
        made.setDefaultEncoding("UTF-8");
        made.setLocale(Locale.ROOT);
        made.setLocalizedLookup(false);
        // a number is what it is: no spaces between thousands
        made.setNumberFormat("c");
        made.setAPIBuiltinEnabled(false);
        made.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        made.setObjectWrapper(new PlainWrapper());
        made.setLogTemplateExceptions(false);
        made.setTemplateExceptionHandler((failure, environment, out) -> {
            throw new TextFailed(failure);
        });
        // Camel works with a copy, whose cache is its own: each use asks whether the text is still the same
        made.setTemplateUpdateDelayMilliseconds(0);
        TextFunctions.all().forEach(made::setSharedVariable);
        return made;
    }

    @Override
    public boolean isOf(String name) {
        return TemplateFile.isTemplate(name);
    }

    @Override
    public final void take(DataFolder folder) {
        loader.take(folder);
        configuration.clearTemplateCache();
    }

    /**
     * Writes a text.
     *
     * @param name the template's path below the folder, for example {@code lead/note-cart.ftl}
     * @param model what the template can name: maps, lists, texts, numbers, booleans, records of the relay
     * @return the text, without the line break at the end of the file; blank where the template has nothing to say
     * @throws TextFailed when it cannot be written with this model: it waits until the template is mended
     */
    public String write(String name, Map<String, ?> model) {
        try {
            return write(configuration.getTemplate(name), model);
        } catch (IOException e) {
            throw new TextFailed(name, e);
        }
    }

    /**
     * Reads a short text that stands in a table.
     *
     * @param place where it stands, for messages
     * @param text for example {@code ${label}: ${name}}
     * @return what {@link #write(Template, Map)} takes
     * @throws IOException when it is no template
     */
    public Template inline(String place, String text) throws IOException {
        return new BoundedTemplate(place, new StringReader(text), configuration);
    }

    /**
     * Writes a text.
     *
     * @param template what it is made of
     * @param model what the template can name
     * @return the text
     * @throws TextFailed when it cannot be written with this model
     */
    public String write(Template template, Map<String, ?> model) {
        StringWriter out = new StringWriter();
        try {
            template.process(model, out);
        } catch (TemplateException e) {
            throw new TextFailed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = out.toString();
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
