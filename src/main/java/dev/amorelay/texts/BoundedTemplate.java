package dev.amorelay.texts;

import dev.amorelay.work.Deadline;
import freemarker.core._CoreAPI;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.Duration;

/**
 * A template that is given up when it writes for too long or too much, as one does whose list has no end: with what it writes for,
 * as with any template that cannot be written, and not with the worker or the memory of all.
 */
final class BoundedTemplate extends Template {

    /** The longest text has taken some milliseconds. */
    static final Duration LONGEST = Duration.ofSeconds(2);
    /** In characters; a lead's whole body has a million at most. */
    static final int LARGEST = 8 << 20;

    /**
     * @param name the template's path below the folder, or where else it stands
     * @param text its text
     * @param configuration what it may do
     * @throws IOException when it is no template
     */
    BoundedTemplate(String name, Reader text, Configuration configuration) throws IOException {
        super(name, text, configuration);
        // asks with each turn and each call whether the thread was interrupted
        _CoreAPI.addThreadInterruptedChecks(this);
    }

    /** @throws TextFailed when it takes too long or writes too much */
    @Override
    public void process(Object model, Writer out) throws TemplateException, IOException {
        Deadline deadline = new Deadline(LONGEST);
        boolean late = false;
        try {
            super.process(model, new BoundedWriter(out));
        } catch (RuntimeException failure) {
            late = deadline.end();
            if (!late) {
                throw failure;
            }
        } catch (StackOverflowError tooDeep) {
            throw new TextFailed(getName(), "it calls itself without an end");
        } finally {
            deadline.end();
        }
        if (late) {
            throw new TextFailed(getName(), "it takes more than " + LONGEST.toSeconds() + " s, perhaps a list or a macro in it has no end");
        }
    }

    private final class BoundedWriter extends FilterWriter {

        private long written;

        BoundedWriter(Writer out) {
            super(out);
        }

        private void count(int length) {
            written += length;
            if (written > LARGEST) {
                throw new TextFailed(getName(), "it is longer than " + LARGEST + " characters, perhaps a list in it has no end");
            }
        }

        @Override
        public void write(int letter) throws IOException {
            count(1);
            super.write(letter);
        }

        @Override
        public void write(char[] letters, int from, int length) throws IOException {
            count(length);
            super.write(letters, from, length);
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            count(length);
            super.write(text, from, length);
        }
    }
}
