package dev.amorelay.texts;

import dev.amorelay.work.Later;
import freemarker.template.TemplateException;
import java.io.IOException;

/** A text cannot be written: what needs it waits until somebody has mended the template. Nothing of what the text is about is told. */
public class TextFailed extends Later {

    /** @param failure tells place and expression */
    TextFailed(TemplateException failure) {
        super("the text " + failure.getTemplateSourceName() + ":" + failure.getLineNumber() + ":" + failure.getColumnNumber()
                + " cannot be written: " + blamed(failure), null);
    }

    /**
     * @param name of a template that cannot be read
     * @param failure why
     */
    TextFailed(String name, IOException failure) {
        super("the text " + name + " cannot be read (" + failure.getClass().getSimpleName() + ")", null);
    }

    /**
     * @param name of a template that was given up
     * @param why in words
     */
    TextFailed(String name, String why) {
        super("the text " + name + " cannot be written: " + why, null);
    }

    /** @return what is wrong, with the expression and without any value */
    static String blamed(TemplateException failure) {
        String expression = failure.getBlamedExpressionString();
        return failure.getClass().getSimpleName() + (expression == null ? "" : " at " + expression);
    }
}
