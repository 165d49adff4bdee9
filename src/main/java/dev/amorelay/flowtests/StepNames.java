package dev.amorelay.flowtests;

import org.apache.camel.NamedNode;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** What a test calls a step: {@code bean.method}, or the address without its parameters. */
final class StepNames {

    private StepNames() {
    }

    static String of(NamedNode definition) {
        if (definition instanceof BeanDefinition bean) {
            String method = bean.getMethod() == null ? "" : "." + bean.getMethod().replaceFirst("\\(.*", "");
            return bean.getRef() + method;
        }
        if (definition instanceof SendDefinition<?> send) {
            return address(send.getUri());
        }
        if (definition instanceof ToDynamicDefinition dynamic) {
            return address(dynamic.getUri());
        }
        return definition.getShortName();
    }

    private static String address(String uri) {
        return uri == null ? "" : uri.replaceFirst("\\?.*", "");
    }
}
