package dev.amorelay.workshop;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** What a bean's method gives, by its signature. */
final class Methods {

    private Methods() {
    }

    /**
     * Looks at a method.
     *
     * @param bean its type; empty where there is none
     * @param method its name
     * @param unchanged what is there already, and stays where the method gives nothing
     */
    static Shape result(Optional<Class<?>> bean, String method, Shape unchanged) {
        List<Method> named = bean.map(ClassUtils::getUserClass).map(type -> Arrays.stream(type.getMethods())
                .filter(one -> one.getName().equals(method) && !one.isBridge()).toList()).orElse(List.of());
        Set<Shape> results = named.stream().map(one -> one.isAnnotationPresent(Gives.class) ? Shape.of(one.getAnnotation(Gives.class).value())
                : one.getReturnType() == void.class ? nothing(one, unchanged)
                : Shape.of(ResolvableType.forMethodReturnType(one, bean.get()))).collect(Collectors.toSet());
        return results.size() == 1 ? results.iterator().next() : Shape.UNKNOWN;
    }

    /** Who is given the whole exchange may put another body into it. */
    private static Shape nothing(Method method, Shape unchanged) {
        return Arrays.stream(method.getParameterTypes()).anyMatch(type -> Exchange.class.isAssignableFrom(type) || Message.class.isAssignableFrom(type))
                ? Shape.UNKNOWN : unchanged;
    }
}
