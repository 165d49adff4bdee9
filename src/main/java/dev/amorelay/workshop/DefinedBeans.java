package dev.amorelay.workshop;

import java.util.List;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Reads the definitions of an application's beans and makes none of them, as Spring does when it compiles an application ahead. */
public final class DefinedBeans {

    /** As in CI, whatever account the shell names: flows are the same for every account. */
    private static final List<String> NO_ACCOUNT = List.of("--AMOCRM_SUBDOMAIN=", "--AMOCRM_BASE_URL=", "--spring.main.banner-mode=off",
            "--logging.level.root=ERROR", "--spring.main.log-startup-info=false", "--debug=false");

    private DefinedBeans() {
    }

    /**
     * Reads the definitions.
     *
     * @param application the application's main class
     * @return what its flows may name
     */
    public static Surroundings of(Class<?> application) {
        SpringApplication spring = new SpringApplication(application);
        try {
            SpringApplication.withHook(started -> new SpringApplicationRunListener() {
                @Override
                public void contextLoaded(ConfigurableApplicationContext context) {
                    throw new AbandonedRunException(context);
                }
            }, () -> spring.run(NO_ACCOUNT.toArray(String[]::new)));
        } catch (AbandonedRunException e) {
            GenericApplicationContext context = (GenericApplicationContext) e.getApplicationContext();
            context.refreshForAotProcessing(new RuntimeHints());
            return new ContextBeans(context.getBeanFactory(), context.getEnvironment());
        }
        throw new IllegalStateException("the application was started instead of only read");
    }
}
