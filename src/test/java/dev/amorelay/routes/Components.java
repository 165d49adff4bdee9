package dev.amorelay.routes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.beans.Introspector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** The beans that the code offers to routes, read from the classes without starting anything. */
final class Components {

    private final Map<String, Set<String>> methods = new HashMap<>();

    Components() {
        for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.amorelay")) {
            type.tryGetAnnotationOfType(Component.class).ifPresent(mark -> add(mark.value().isEmpty()
                    ? Introspector.decapitalize(type.getSimpleName()) : mark.value(), type));
            for (JavaMethod factory : type.getMethods()) {
                if (factory.isAnnotatedWith(Bean.class)) {
                    add(factory.getName(), factory.getRawReturnType());
                }
            }
        }
    }

    private void add(String name, JavaClass type) {
        Set<String> names = methods.computeIfAbsent(name, key -> new HashSet<>());
        type.getAllMethods().stream().filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .forEach(method -> names.add(method.getName()));
    }

    /** Whether there is a bean of this name with such a public method; null for any. */
    boolean has(String bean, String method) {
        Set<String> names = methods.get(bean);
        return names != null && (method == null || names.contains(method));
    }
}
