package dev.amorelay.doors;

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
        return answer(422, "Форма не распознана: отправьте JSON или поля формы");
    }

    @ExceptionHandler(MaxUploadSizeExceededException.class)
    ResponseEntity<String> refuseTooLong() {
        return answer(413, "Слишком большой запрос");
    }

    private static ResponseEntity<String> answer(int status, String title) {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Json.write(Problem.of(status, title)));
    }
}
