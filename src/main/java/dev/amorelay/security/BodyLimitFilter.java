package dev.amorelay.security;

import dev.amorelay.json.Json;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 413 to a body that is too long, before anything is read of it where it tells its length, else after counting.
 * A gzipped body is counted as it is unpacked.
 */
class BodyLimitFilter extends OncePerRequestFilter {

    private static final RequestMatcher LEADS = Doors.at(Doors.LEADS, Doors.PARK);
    private static final RequestMatcher PHOTOS = Doors.at(Doors.PHOTOS);
    /** What a form adds to the file in it. */
    private static final DataSize AROUND_A_FILE = DataSize.ofKilobytes(64);

    private final DataSize leadLimit;
    private final DataSize photoLimit;
    private final DataSize otherLimit;

    /**
     * @param leadLimit limit of the doors that people use
     * @param photoLimit limit of a photo
     * @param otherLimit limit of all other addresses
     */
    BodyLimitFilter(DataSize leadLimit, DataSize photoLimit, DataSize otherLimit) {
        this.leadLimit = leadLimit;
        this.photoLimit = DataSize.ofBytes(photoLimit.toBytes() + AROUND_A_FILE.toBytes());
        this.otherLimit = otherLimit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize limit = PHOTOS.matches(request) ? photoLimit : LEADS.matches(request) ? leadLimit : otherLimit;
        if (request.getContentLengthLong() > limit.toBytes()) {
            refuse(response, limit);
        } else if (isPacked(request) || hidesItsLength(request)) {
            byte[] body = request.getInputStream().readNBytes((int) limit.toBytes() + 1);
            if (isPacked(request) && body.length <= limit.toBytes()) {
                body = unpacked(body, (int) limit.toBytes() + 1);
            }
            if (body.length > limit.toBytes()) {
                refuse(response, limit);
            } else {
                chain.doFilter(new BufferedRequest(request, body), response);
            }
        } else {
            chain.doFilter(request.getContentLengthLong() < 0 && isForm(request) ? new CountedParts(request, limit) : request, response);
        }
    }

    /** A multipart body in chunks is counted when the server has taken it apart: only it can. */
    private static boolean hidesItsLength(HttpServletRequest request) {
        return request.getContentLengthLong() < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null && !isForm(request);
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /** Left to the doors it would be unpacked without a limit: 8 MB of gzip are 8 GB of zeros. */
    private static boolean isPacked(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
    }

    /** At most so many bytes of what was packed; what is no gzip stays as it came. */
    private static byte[] unpacked(byte[] body, int most) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return gzip.readNBytes(most);
        } catch (IOException e) {
            return body;
        }
    }

    private static void refuse(HttpServletResponse response, DataSize limit) throws IOException {
        byte[] problem = Json.write(Json.object()
                .put("type", "about:blank")
                .put("title", "Слишком большой запрос")
                .put("status", HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE)
                .put("detail", "Запрос больше " + size(limit) + ". Сократите сообщение и отправьте его ещё раз."))
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(problem.length);
        response.getOutputStream().write(problem);
    }

    private static String size(DataSize limit) {
        return limit.toMegabytes() > 0 ? limit.toMegabytes() + " МБ" : limit.toKilobytes() + " КБ";
    }
}
