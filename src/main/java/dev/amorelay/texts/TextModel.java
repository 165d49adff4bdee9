package dev.amorelay.texts;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * What a template of the relay can name, shown by samples. Each template is written with each of its samples before an edit counts, so that
 * one that names what is not there, or not always there, is refused. Features name theirs as services.
 */
public interface TextModel {

    /**
     * Whether a template is given this.
     *
     * @param template its path below the folder
     * @return true for templates that an edit may add, too
     */
    boolean isOf(String template);

    /**
     * Shows what a template is given.
     *
     * @param template its path below the folder
     * @return one with all that there can be, and one with nothing but what there always is
     */
    List<Map<String, Object>> samples(String template);

    /** @return the samples of a template; none where nobody has said what it is given */
    static List<Map<String, Object>> samplesOf(String template) {
        Stream<TextModel> all = ServiceLoader.load(TextModel.class, TextModel.class.getClassLoader()).stream().map(ServiceLoader.Provider::get);
        return all.filter(model -> model.isOf(template)).flatMap(model -> model.samples(template).stream()).toList();
    }
}
