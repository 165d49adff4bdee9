package dev.amorelay.workshop;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/** The surroundings that a Spring context offers, running or only defined: types are told by the definitions, no bean is made. */
public class ContextBeans implements Surroundings {

    private static final String SANDBOX = "dev.amorelay.sandbox.";

    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;

    /**
     * @param beans the definitions
     * @param environment the properties
     */
    public ContextBeans(ConfigurableListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public Set<String> beans() {
        Set<String> names = new TreeSet<>();
        for (String name : beans.getBeanDefinitionNames()) {
            if (!name.contains(".")) {
                names.add(name);
            }
        }
        return names;
    }

    /** A bean of the sandbox does not count: a flow that calls it would fail in production. */
    @Override
    public Optional<Class<?>> beanType(String name) {
        try {
            return Optional.<Class<?>>ofNullable(beans.getType(name, false)).filter(type -> !type.getName().startsWith(SANDBOX));
        } catch (NoSuchBeanDefinitionException e) {
            return Optional.empty();
        }
    }

    @Override
    public EventShapes events() {
        return EventShapes.shipped();
    }

    @Override
    public Optional<String> property(String key) {
        try {
            return Optional.ofNullable(environment.getProperty(key));
        } catch (IllegalArgumentException e) {
            // it is there and names a variable that is not
            return Optional.of("");
        }
    }
}
