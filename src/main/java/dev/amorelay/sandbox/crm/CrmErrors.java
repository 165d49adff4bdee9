package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers a {@link CrmProblem} as amoCRM does, before any advice of the relay that takes every exception. */
@Profile("sandbox")
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice("dev.amorelay.sandbox")
public class CrmErrors {

    /** @return the problem's status and body */
    @ExceptionHandler(CrmProblem.class)
    public ResponseEntity<JsonNode> problem(CrmProblem problem) {
        return ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem.body());
    }
}
