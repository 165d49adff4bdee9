package dev.amorelay.workshop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.util.ClassUtils;

/** Every bean and every method that a flow calls is there, and every exception that an error policy names. */
class BeanRule implements Rule {

    private static final Pattern METHOD = Pattern.compile("\\w+");
    private static final Pattern CALL = Pattern.compile("\\$\\{bean:([\\w-]+)(?:(?:\\?method=|\\.|::)(\\w+))?");
    private static final Pattern REFERENCE = Pattern.compile("#(?:bean:)?([A-Za-z][\\w.-]*)");
    private static final Set<String> FURTHER_SCHEMES = Set.of("class:", "type:", "property:", "autowired", "valueAs");

    private final Surroundings surroundings;

    BeanRule(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        for (FlowItem item : flows.items()) {
            item.body().walk((name, node) -> {
                // 'method' is both the language that calls a bean and the name of the method it calls
                if (List.of("bean", "method").contains(name) && node.isMap()) {
                    call(node, findings);
                }
                if (name.equals("throwException") && node.isMap()) {
                    thrown(node, findings);
                }
                if (name.equals("exception")) {
                    node.items().forEach(type -> exception(type, findings));
                }
                if (node.isText()) {
                    expression(node, findings);
                }
            });
        }
        flows.addresses().forEach(address -> references(address, findings));
    }

    /** @return the names of all beans that flows call, by whatever way */
    static Set<String> named(Flows flows) {
        Set<String> names = new TreeSet<>();
        flows.items().forEach(item -> item.body().walk((name, node) -> {
            if (node.isText() && name.equals("ref")) {
                names.add(node.text());
            }
            for (Pattern way : List.of(CALL, REFERENCE)) {
                Matcher found = way.matcher(node.text());
                while (found.find()) {
                    names.add(found.group(1));
                }
            }
        }));
        return names;
    }

    private void call(YamlNode step, Consumer<Finding> findings) {
        Optional<YamlNode> ref = step.get("ref").filter(YamlNode::isText);
        if (ref.isEmpty()) {
            if (step.get("beanType").isEmpty() && step.get("type").isEmpty()) {
                findings.accept(step.finding("a bean without 'ref:': name the bean to call"));
            }
            return;
        }
        String bean = ref.get().text();
        Matcher name = METHOD.matcher(step.text("method"));
        if (bean.contains("${") || bean.contains("{{") || !bean(bean, ref.get(), findings)) {
            return;
        }
        if (name.lookingAt()) {
            method(bean, name.group(), step.get("method").orElse(step), findings);
        } else {
            findings.accept(ref.get().finding("bean " + bean + " is called without 'method:': name one of " + String.join(", ", methods(bean))));
        }
    }

    private void expression(YamlNode node, Consumer<Finding> findings) {
        Matcher call = CALL.matcher(node.text());
        while (call.find()) {
            if (bean(call.group(1), node, findings) && call.group(2) != null) {
                method(call.group(1), call.group(2), node, findings);
            }
        }
    }

    private void references(Address address, Consumer<Finding> findings) {
        address.options().forEach((option, place) -> {
            Matcher reference = REFERENCE.matcher(address.option(option));
            if (reference.matches() && FURTHER_SCHEMES.stream().noneMatch(scheme -> address.option(option).startsWith("#" + scheme))) {
                bean(reference.group(1), place, findings);
            }
        });
    }

    private boolean bean(String bean, YamlNode place, Consumer<Finding> findings) {
        boolean there = surroundings.beanType(bean).isPresent();
        if (!there) {
            findings.accept(place.finding("no bean " + bean + Nearest.hint(bean, surroundings.beans(), ": name a component of src/main/java")));
        }
        return there;
    }

    private void method(String bean, String method, YamlNode place, Consumer<Finding> findings) {
        Set<String> there = methods(bean);
        if (!there.contains(method)) {
            findings.accept(place.finding("bean " + bean + " has no public method " + method
                    + Nearest.hint(method, there, ": it has " + String.join(", ", there))));
        }
    }

    private Set<String> methods(String bean) {
        Class<?> type = surroundings.beanType(bean).map(ClassUtils::getUserClass).orElse(null);
        return type == null ? Set.of() : Arrays.stream(type.getMethods()).filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> Modifier.isPublic(method.getModifiers())).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Camel makes it of the message alone, or of nothing where there is none. */
    private static void thrown(YamlNode step, Consumer<Finding> findings) {
        YamlNode type = step.get("exceptionType").orElse(step);
        if (!ClassUtils.isPresent(type.text(), BeanRule.class.getClassLoader())) {
            exception(type, findings);
            return;
        }
        Class<?> thrown = ClassUtils.resolveClassName(type.text(), BeanRule.class.getClassLoader());
        boolean told = !step.text("message").isEmpty();
        boolean made = Exception.class.isAssignableFrom(thrown) && Modifier.isPublic(thrown.getModifiers()) && !Modifier.isAbstract(thrown.getModifiers())
                && Arrays.stream(thrown.getConstructors()).anyMatch(one -> Arrays.equals(one.getParameterTypes(),
                told ? new Class<?>[] {String.class} : new Class<?>[0]));
        if (!made) {
            findings.accept(type.finding("a flow cannot make a " + thrown.getSimpleName() + (told ? " of a message alone" : " without a 'message:'")
                    + ": throw dev.amorelay.work.Refused with a message to set the work aside, or java.lang.IllegalStateException to have it tried again"));
        }
    }

    private static void exception(YamlNode type, Consumer<Finding> findings) {
        if (!ClassUtils.isPresent(type.text(), BeanRule.class.getClassLoader())) {
            findings.accept(type.finding("no exception " + type.text() + ": write the whole name of a class, like java.lang.Exception"));
        }
    }
}
