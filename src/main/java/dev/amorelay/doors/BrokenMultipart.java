package dev.amorelay.doors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/**
 * A multipart body that the server cannot take apart never reaches its door: pages that set the type by hand often
 * forget the boundary. The refusal is {@code application/problem+json}, in words that a form can show.
 */
@RestControllerAdvice
class BrokenMultipart {

    @ExceptionHandler(MultipartException.class)
    ResponseEntity<String> refuse() {
        String title = "Форма не распознана: отправьте JSON или поля формы";
        ObjectNode problem = Problem.refused("form", title);
        problem.putArray("errors").addObject().put("field", "body").put("message", title);
        return answer(problem);
    }

    @ExceptionHandler(MaxUploadSizeExceededException.class)
    ResponseEntity<String> refuseTooLong() {
        return answer(Problem.of(413, "Слишком большой запрос"));
    }

    private static ResponseEntity<String> answer(ObjectNode problem) {
        return ResponseEntity.status(problem.path("status").asInt()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(Json.write(problem));
    }
}
