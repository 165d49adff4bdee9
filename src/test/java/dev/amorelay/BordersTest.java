package dev.amorelay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.amorelay.sandbox.SandboxApi;
import dev.amorelay.sandbox.SandboxConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Which package may know which, and what no class may do. */
class BordersTest {

    private static final String US = "dev.amorelay..";

    /** Packages with nothing of a flow in them, and those that each may know. */
    private static final Map<String, List<String>> GROUND = Map.ofEntries(
            Map.entry("json", List.of()),
            Map.entry("logging", List.of()),
            Map.entry("phone", List.of()),
            Map.entry("settings", List.of("phone")),
            Map.entry("work", List.of("logging")),
            Map.entry("database", List.of("settings")),
            Map.entry("doors", List.of("json")),
            Map.entry("mail", List.of("settings", "work")),
            Map.entry("delivery", List.of("work", "json")),
            Map.entry("texts", List.of("settings", "json", "work", "workshop")),
            Map.entry("amocrm", List.of("settings", "json", "doors", "logging", "work", "delivery", "phone", "texts", "workshop")));

    private static final ArchRule NO_CIRCLES = slices().matching("dev.amorelay.(*)..").should().beFreeOfCycles();

    private static final ArchRule ONE_GATE = noClasses().that().resideInAPackage(US).and().resideOutsideOfPackages("dev.amorelay.amocrm", "dev.amorelay.telegram")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.hc..", "org.apache.camel.component.http..")
            .because("every call to amoCRM passes the gate, and Telegram has a client of its own");

    private static final ArchRule THE_GATE_IS_CLOSED = noClasses().that().resideOutsideOfPackages("dev.amorelay.amocrm", "dev.amorelay.amocrm.tokens")
            .should().dependOnClassesThat().haveNameMatching("dev\\.amorelay\\.amocrm\\.(Gate|GateRoute|GateRequest|CallBudget|CrmCall)");

    /** The gate asks for tokens, never the other way round: a token call only counts for the budget. */
    private static final ArchRule TOKENS_ONLY_COUNT = noClasses().that().resideInAPackage("dev.amorelay.amocrm.tokens")
            .should().dependOnClassesThat().haveNameMatching("dev\\.amorelay\\.amocrm\\.(Gate|GateRoute|GateRequest)");

    private static final ArchRule SANDBOX_STANDS_ALONE = classes().that().resideInAPackage("dev.amorelay.sandbox..")
            .should().onlyDependOnClassesThat(DescribedPredicate.describe("are the sandbox's, dev.amorelay.json or a library's",
                    type -> !type.getPackageName().startsWith("dev.amorelay") || in(type, "sandbox") || in(type, "json")));

    private static final ArchRule NOBODY_NEEDS_THE_SANDBOX = noClasses().that().resideOutsideOfPackage("dev.amorelay.sandbox..")
            .should().dependOnClassesThat().resideInAPackage("dev.amorelay.sandbox..");

    private static final ArchRule NOBODY_NEEDS_THE_FLOW_TESTS = noClasses().that().resideOutsideOfPackages("dev.amorelay.command", "dev.amorelay.flowtests")
            .should().dependOnClassesThat().resideInAPackage("dev.amorelay.flowtests");

    private static final ArchRule CONSTRUCTORS_INJECT = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    private static final ArchRule ONE_LOG = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    private static final ArchRule NO_PRINTING = noClasses().that().doNotHaveFullyQualifiedName("dev.amorelay.AmoRelayApplication")
            // hands it to the commands, whose output is what they are called for
            .should(ACCESS_STANDARD_STREAMS);

    private static final ArchRule NOBODY_SLEEPS = noClasses().that().doNotHaveFullyQualifiedName("dev.amorelay.amocrm.CallBudget")
            // between two looks whether another node has refreshed the token
            .and().doNotHaveFullyQualifiedName("dev.amorelay.amocrm.tokens.OAuthTokens")
            // between two looks for work
            .and().doNotHaveFullyQualifiedName("dev.amorelay.work.WorkConsumer")
            // between two deliveries of the stand-in's webhooks
            .and().doNotHaveFullyQualifiedName("dev.amorelay.sandbox.hooks.HookSender").should().callMethodWhere(sleeps());

    private static final ArchRule NAMES_SAY_WHAT = noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Managers?|Impl|Abstract\\w*|I[A-Z][a-z]+Service)");

    private static final ArchRule NO_SHARED_STATE = fields().that().areStatic().should().beFinal();

    private static boolean in(JavaClass type, String feature) {
        return (type.getPackageName() + ".").startsWith("dev.amorelay." + feature + ".");
    }

    private static DescribedPredicate<JavaMethodCall> sleeps() {
        return DescribedPredicate.describe("it sleeps", call -> call.getTarget().getName().equals("sleep")
                && (call.getTargetOwner().isEquivalentTo(Thread.class) || call.getTargetOwner().isAssignableTo(TimeUnit.class)));
    }

    private static ArchRule ground(String feature) {
        return onlyKnows(feature, Set.copyOf(GROUND.get(feature)));
    }

    private static ArchRule onlyKnows(String feature, Set<String> known) {
        return classes().that().resideInAPackage("dev.amorelay." + feature + "..").should().onlyDependOnClassesThat(
                DescribedPredicate.describe("are its own, of " + known + " or a library's", type ->
                        !type.getPackageName().startsWith("dev.amorelay") || in(type, feature) || known.stream().anyMatch(other -> in(type, other))));
    }

    private static final JavaClasses RELAY =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.amorelay");

    static Stream<ArchRule> forAllClasses() {
        return Stream.of(ONE_GATE, THE_GATE_IS_CLOSED, NOBODY_NEEDS_THE_SANDBOX, CONSTRUCTORS_INJECT, ONE_LOG, NO_PRINTING,
                NOBODY_SLEEPS, NAMES_SAY_WHAT, NO_SHARED_STATE);
    }

    static Stream<ArchRule> forPackages() {
        return Stream.concat(Stream.of(NO_CIRCLES, SANDBOX_STANDS_ALONE, NOBODY_NEEDS_THE_FLOW_TESTS, TOKENS_ONLY_COUNT,
                onlyKnows("flowtests", Set.of("json", "settings", "workshop")), onlyKnows("contract", Set.of("json")), onlyKnows("monitoring", Set.of())),
                GROUND.keySet().stream().sorted().map(BordersTest::ground));
    }

    @ParameterizedTest
    @MethodSource({"forAllClasses", "forPackages"})
    void isKept(ArchRule rule) {
        rule.check(RELAY);
    }

    /** The rules can fail: here each meets a class that breaks it. */
    @ParameterizedTest
    @MethodSource("forAllClasses")
    void seesWhatBreaksIt(ArchRule rule) {
        JavaClasses wrong = new ClassFileImporter().importClasses(WrongManager.class);
        assertThatThrownBy(() -> rule.check(wrong)).isInstanceOf(AssertionError.class);
    }

    @Test
    void theGroundIsSeenToLeave() {
        // the gate does know the outbox: a rule that forbids it must fail
        assertThatThrownBy(() -> onlyKnows("amocrm", Set.of("settings", "json", "work")).check(RELAY)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("dev.amorelay.delivery");
    }

    @Test
    void theSandboxIsThereInItsProfileOnly() {
        List<JavaClass> sandbox = RELAY.stream().filter(type -> in(type, "sandbox")).toList();
        assertThat(SandboxConfiguration.class.getAnnotation(Profile.class).value()).containsExactly("sandbox");
        assertThat(SandboxApi.class.getAnnotation(Profile.class).value()).containsExactly("sandbox");
        // what a scan of the packages would find bears the profile
        assertThat(sandbox).filteredOn(type -> type.isMetaAnnotatedWith(Component.class) && !type.isAnnotation())
                .isNotEmpty().allMatch(type -> type.isMetaAnnotatedWith(Profile.class));
        // what is made by hand is made in a configuration that bears it
        assertThat(sandbox).flatMap(JavaClass::getMethods).filteredOn(method -> method.isAnnotatedWith(Bean.class))
                .isNotEmpty().allMatch(method -> method.getOwner().isAnnotatedWith(Configuration.class)
                        && method.getOwner().isAnnotatedWith(Profile.class));
        assertThat(Arrays.asList(SandboxConfiguration.class.getAnnotation(Import.class).value())).isNotEmpty();
        assertThat(RELAY.stream().filter(type -> !in(type, "sandbox") && type.isAnnotatedWith(Import.class))
                .filter(type -> Arrays.stream(type.getAnnotationOfType(Import.class).value())
                        .anyMatch(imported -> imported.getName().startsWith("dev.amorelay.sandbox")))).isEmpty();
    }

    @Test
    void theFlowTestsAreNoPartOfARelayThatServes() {
        assertThat(RELAY.stream().filter(type -> in(type, "flowtests"))).isNotEmpty()
                .noneMatch(type -> type.isAnnotatedWith(Component.class) || type.isMetaAnnotatedWith(Component.class));
    }

    @Test
    void onlyTheGateKnowsTheCrmsPaths() {
        assertThat(SourceFiles.having(text -> withoutComments(text).contains("/api/v4"))).contains("amocrm/CrmLeads.java")
                .allMatch(name -> name.startsWith("amocrm/") || name.startsWith("sandbox/")
                        // calls nobody, and tells engineers what a call looks like
                        || name.startsWith("flowtests/"));
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
    }

    @Test
    void classesStayShort() {
        assertThat(SourceFiles.having(text -> text.lines().count() > 100)).as("the scan sees long ones").isNotEmpty();
        assertThat(SourceFiles.having(text -> text.lines().count() > 300)).isEmpty();
    }
}
