package dev.amorelay.texts;

import dev.amorelay.workshop.DataFile;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.Finding;
import dev.amorelay.workshop.Surroundings;
import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateNotFoundException;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.function.Consumer;

/** {@code *.ftl} and {@code *.ftlh} in the folder of the routes: texts that people read. */
public class TemplateFile implements DataFile {

    @Override
    public boolean isOf(String name) {
        return isTemplate(name);
    }

    static boolean isTemplate(String name) {
        return name.endsWith(".ftl") || name.endsWith(".ftlh");
    }

    @Override
    public void check(String name, DataFolder folder, Surroundings surroundings, Consumer<Finding> findings) {
        Configuration configuration = new TextTemplates(folder).configuration();
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        try {
            Template template = configuration.getTemplate(name);
            for (Map<String, Object> sample : TextModel.samplesOf(name)) {
                template.process(sample, Writer.nullWriter());
            }
        } catch (ParseException e) {
            findings.accept(new Finding(name, Math.max(1, e.getLineNumber()), Math.max(1, e.getColumnNumber()), "no template: " + brief(e.getEditorMessage())));
        } catch (InvalidReferenceException e) {
            findings.accept(finding(name, e, TextFailed.blamed(e).replaceFirst("^\\w+ at ", "") + " is not there, or not always: correct the name, or write what stands"
                    + " in its place, like ${lead.phone!'—'}"));
        } catch (TemplateException e) {
            findings.accept(finding(name, e, e.getCause() instanceof TemplateNotFoundException gone
                    ? "it includes " + gone.getTemplateName() + ", which is not there: add the file, or correct the name"
                    : "the text cannot be written: " + brief(e.getMessageWithoutStackTop())));
        } catch (TextFailed e) {
            findings.accept(new Finding(name, 1, 1, brief(e.getMessage())));
        } catch (StackOverflowError e) {
            findings.accept(new Finding(name, 1, 1, "nested too deep"));
        } catch (IOException e) {
            findings.accept(new Finding(name, 1, 1, "it cannot be read: " + brief(e.getMessage())));
        }
    }

    private static Finding finding(String name, TemplateException e, String message) {
        boolean here = name.equals(e.getTemplateSourceName()) && e.getLineNumber() != null;
        return new Finding(name, here ? e.getLineNumber() : 1, here ? e.getColumnNumber() : 1, here || e.getTemplateSourceName() == null ? message
                : "in " + e.getTemplateSourceName() + ":" + e.getLineNumber() + ", which it includes: " + message);
    }

    private static String brief(String message) {
        return String.valueOf(message).lines().findFirst().orElse("").strip();
    }
}
