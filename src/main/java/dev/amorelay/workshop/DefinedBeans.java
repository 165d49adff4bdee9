package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.autoconfigure.BackgroundPreinitializer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Reads the definitions of an application's beans and makes none of them, as Spring does when it compiles an application ahead. The
 * application's own come first: those of Spring Boot and Camel, which take longer, are read only when a name is not among them.
 */
public final class DefinedBeans implements Surroundings {

    /** As in CI, whatever account the shell names: flows are the same for every account. */
    private static final List<String> NO_ACCOUNT = List.of("--AMOCRM_SUBDOMAIN=", "--AMOCRM_BASE_URL=", "--RELAY_PROFILE=", "--relay.only-read=true", "--spring.main.banner-mode=off",
            "--logging.level.root=ERROR", "--spring.main.log-startup-info=false", "--debug=false");

    private final Class<?> application;
    private final Surroundings own;
    private Surroundings all;

    private DefinedBeans(Class<?> application) {
        this.application = application;
        this.own = read(application, false);
    }

    /**
     * Reads the definitions.
     *
     * @param application the application's main class
     * @return what its flows may name
     */
    public static Surroundings of(Class<?> application) {
        return new DefinedBeans(application);
    }

    private Surroundings all() {
        if (all == null) {
            all = read(application, true);
        }
        return all;
    }

    @Override
    public Set<String> beans() {
        return all().beans();
    }

    @Override
    public Optional<Class<?>> beanType(String name) {
        return own.beanType(name).or(() -> all().beanType(name));
    }

    @Override
    public EventShapes events() {
        return own.events();
    }

    @Override
    public Optional<String> property(String key) {
        return own.property(key);
    }

    private static Surroundings read(Class<?> application, boolean whole) {
        // prepares, on a thread of its own, what only an application that serves needs
        System.setProperty(BackgroundPreinitializer.IGNORE_BACKGROUNDPREINITIALIZER_PROPERTY_NAME, "true");
        SpringApplication spring = new SpringApplication(application);
        List<String> arguments = new ArrayList<>(NO_ACCOUNT);
        arguments.add("--" + EnableAutoConfiguration.ENABLED_OVERRIDE_PROPERTY + "=" + whole);
        try {
            SpringApplication.withHook(started -> new SpringApplicationRunListener() {
                @Override
                public void contextLoaded(ConfigurableApplicationContext context) {
                    throw new AbandonedRunException(context);
                }
            }, () -> spring.run(arguments.toArray(String[]::new)));
        } catch (AbandonedRunException e) {
            GenericApplicationContext context = (GenericApplicationContext) e.getApplicationContext();
            context.refreshForAotProcessing(new RuntimeHints());
            return new ContextBeans(context.getBeanFactory(), context.getEnvironment());
        }
        throw new IllegalStateException("the application was started instead of only read");
    }
}
