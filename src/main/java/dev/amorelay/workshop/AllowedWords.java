package dev.amorelay.workshop;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that a flow is written in: steps, their parts and languages. A list of what is allowed, so that a step, a language or a
 * part that a later Camel brings is refused until somebody has looked at it. Left out are all that name a class ({@code beanType}),
 * run a text ({@code groovy}, {@code script}), take an object from the registry ({@code process}, {@code comparator}) or send
 * somewhere that is known only when a message comes by ({@code recipientList}, {@code enrich}).
 */
final class AllowedWords {

    private static final String ITEMS = """
            id description note disabled from uri parameters steps to toD pattern variableReceive variableSend
            routeConfigurationId autoStartup startupOrder streamCache messageHistory logMask trace group nodePrefixId precondition
            shutdownRunningTask errorHandler noErrorHandler defaultErrorHandler
            onException exception handled continued retryWhile onWhen redeliveryPolicy useOriginalMessage useOriginalBody onCompletion
            intercept mode onCompleteOnly onFailureOnly""";

    private static final String REDELIVERY = """
            allowRedeliveryWhileStopping asyncDelayedRedelivery backOffMultiplier collisionAvoidanceFactor delayPattern disableRedelivery
            logContinued logExhausted logExhaustedMessageBody logExhaustedMessageHistory logHandled logNewException logRetryAttempted
            logRetryStackTrace logStackTrace maximumRedeliveries maximumRedeliveryDelay redeliveryDelay retriesExhaustedLogLevel
            retryAttemptedLogInterval retryAttemptedLogLevel useCollisionAvoidance useExponentialBackOff""";

    private static final String STEPS = """
            bean ref method choice when otherwise filter statusPropertyName log message logName loggingLevel marker
            setBody setHeader setHeaders headers setProperty setVariable setVariables variables name transform
            removeHeader removeHeaders removeProperty removeProperties removeVariable excludePattern
            split loop multicast pipeline step stop rollback markRollbackOnly markRollbackOnlyLast delay throttle sample transacted
            aggregationStrategy delimiter parallelProcessing stopOnException streaming shareUnitOfWork timeout synchronous
            copy doWhile breakOnShutdown asyncDelayed callerRunsWhenRejected rejectExecution timePeriodMillis messageFrequency samplePeriod
            doTry doCatch doFinally throwException exceptionType convertBodyTo type mandatory charset validate
            aggregate correlationExpression completionSize completionSizeExpression completionTimeout completionTimeoutExpression
            completionInterval completionPredicate completionFromBatchConsumer completeAllOnStop eagerCheckCompletion forceCompletionOnStop
            circuitBreaker onFallback fallbackViaNetwork resilience4jConfiguration automaticTransitionFromOpenToHalfOpenEnabled
            bulkheadEnabled bulkheadMaxConcurrentCalls bulkheadMaxWaitDuration failureRateThreshold minimumNumberOfCalls
            permittedNumberOfCallsInHalfOpenState slidingWindowSize slidingWindowType slowCallDurationThreshold slowCallRateThreshold
            throwExceptionWhenHalfOpenOrOpenState timeoutCancelRunningFuture timeoutDuration timeoutEnabled waitDurationInOpenState
            marshal unmarshal json prettyPrint useList allowNullBody base64 lineLength lineSeparator urlSafe""";

    private static final String EXPRESSIONS = """
            expression simple constant header variable exchangeProperty jq tokenize token regex endToken groupDelimiter skipFirst
            trim resultType source""";

    private static final Set<String> ALL = Stream.of(ITEMS, REDELIVERY, STEPS, EXPRESSIONS).flatMap(words -> Stream.of(words.split("\\s+")))
            .collect(Collectors.toUnmodifiableSet());

    private AllowedWords() {
    }

    static boolean has(String word) {
        return ALL.contains(word);
    }

    /** @return those that somebody may have meant */
    static Set<String> all() {
        return ALL;
    }
}
