package dev.amorelay.workshop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** Plays, before an edit takes effect, the tests of the flows that it touches. Where none can be played the edit is taken, and that is said. */
@Component
class EditTests implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(EditTests.class);
    /** Whoever edits waits for this: what is left then is told, and left to {@code test routes}. */
    private static final Duration MOST = Duration.ofMinutes(1);
    /** The relay for the tests is kept between edits, which come one after another. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final boolean wanted;
    private final Supplier<Class<?>> application;
    private final Supplier<Optional<FlowTestRunner>> found;
    private final TouchedTests touched = new TouchedTests();
    private Optional<FlowTestRunner> runner = Optional.empty();
    private Instant lastUsed = Instant.MIN;
    private volatile boolean ended;

    @Autowired
    EditTests(@Value("${relay.routes.tests:true}") boolean wanted, ConfigurableListableBeanFactory beans) {
        this(wanted, () -> application(beans), EditTests::inThisJar);
    }

    /**
     * @param wanted whether tests are played
     * @param application tells the class that starts the relay
     * @param found finds what plays them; empty in a slim jar
     */
    EditTests(boolean wanted, Supplier<Class<?>> application, Supplier<Optional<FlowTestRunner>> found) {
        this.wanted = wanted;
        this.application = application;
        this.found = found;
    }

    /**
     * How the tests of an edit went.
     *
     * @param failed which failed and why; empty when the edit can be taken
     * @param told a sentence about them; empty where there was nothing to play
     */
    record Verdict(List<Finding> failed, String told) {
    }

    /**
     * Plays them.
     *
     * @param before what is in effect
     * @param after what is to be, checked
     * @param board is told that they are played
     * @return how they went
     */
    Verdict play(Edition before, Edition after, EditBoard board) {
        List<String> files = wanted ? touched.of(before, after) : List.of();
        if (files.isEmpty()) {
            return new Verdict(List.of(), "");
        }
        runner = runner.or(found);
        if (runner.isEmpty()) {
            return new Verdict(List.of(), "its tests were not played: this jar has none of what plays them, 'test routes' of the whole one does");
        }
        board.waiting("the edit waits for its tests: " + String.join(", ", files));
        try {
            FlowTestRunner.Report report = runner.get().play(application.get(), after, files, MOST);
            lastUsed = Instant.now();
            return new Verdict(report.failed(), report.played() + (report.played() == 1 ? " test passed" : " tests passed")
                    + (report.left() == 0 ? "" : ", " + report.left() + " more were not played within " + MOST.toSeconds() + " s"));
        } catch (IllegalStateException e) {
            LOG.warn("routes: the tests of an edit cannot be played", e);
            return new Verdict(List.of(), "its tests could not be played: " + Cause.brief(e));
        }
    }

    /** @return whether the relay stops: an edit is not taken any more */
    boolean isEnded() {
        return ended;
    }

    /** Ends the relay for the tests when nobody has edited for a while. */
    void settle() {
        if (runner.isPresent() && lastUsed.plus(KEPT).isBefore(Instant.now())) {
            runner.get().close();
            runner = Optional.empty();
        }
    }

    @Override
    public void destroy() {
        ended = true;
        runner.ifPresent(FlowTestRunner::close);
    }

    private static Class<?> application(ConfigurableListableBeanFactory beans) {
        String name = beans.getBeanNamesForAnnotation(SpringBootApplication.class)[0];
        return ClassUtils.getUserClass(beans.getType(name));
    }

    private static Optional<FlowTestRunner> inThisJar() {
        try {
            return ServiceLoader.load(FlowTestRunner.class, FlowTestRunner.class.getClassLoader()).findFirst();
        } catch (ServiceConfigurationError slim) {
            return Optional.empty();
        }
    }
}
