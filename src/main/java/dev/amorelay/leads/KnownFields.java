package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.phone.Phones;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A form's fields under our names. A form that says {@code name}, {@code phone}, {@code email}, {@code message} is understood as it
 * is; of others the first that is filled counts. A further phone or e-mail becomes {@code phone_2}, {@code email_2} …; what has no
 * name of ours keeps its own, and what only machines say stands under {@link #TECHNICAL}.
 */
final class KnownFields {

    /** Cookies, ids and tokens: kept, and shown to nobody. */
    static final String TECHNICAL = "form_technical";

    private static final Set<String> AS_THEY_ARE = Set.of("source", "total", "price");
    private static final List<String> NAME_PARTS = List.of("first_name", "middle_name", "last_name");
    private static final Pattern DIGITS_ONLY = Pattern.compile("\\+?[\\d\\s()./–-]{10,25}");
    /** In a field that is just a number ten digits may be anything; a plus or brackets make a phone of them. */
    private static final Map<String, Pattern> PLAINLY = Map.of("phone", Pattern.compile("[+(]"), "email", Pattern.compile("@"));
    private static final Map<String, Predicate<String>> LOOKS = Map.of(
            "phone", text -> DIGITS_ONLY.matcher(text.strip()).matches() && Phones.e164(text).isPresent(),
            "email", text -> EmailAddress.looksRight(text.strip()));

    private final LeadNames names;
    private final FormWalk walk;
    private final ObjectNode out = Json.object();
    private final ObjectNode technical = Json.object();
    private final List<SaidField> left = new ArrayList<>();

    private KnownFields(LeadNames names) {
        this.names = names;
        this.walk = new FormWalk(names);
    }

    /** @return the request as our own clients would send it, {@code meta} and all */
    static ObjectNode of(ObjectNode request, LeadNames names) {
        KnownFields fields = new KnownFields(names);
        fields.walk.learn(request);
        request.properties().forEach(field -> fields.take(field.getKey(), field.getValue()));
        fields.choose();
        return fields.out;
    }

    private void take(String key, JsonNode value) {
        if ("meta".equals(key)) {
            out.set(key, value.isObject() ? plain((ObjectNode) value) : value);
        } else if (AS_THEY_ARE.contains(key) || TelegramPerson.KEYS.contains(key)) {
            out.set(key, value);
        } else if (MetaFields.OWN.contains(key)) {
            walk.own(key, value);
        } else {
            walk.other(key, value);
        }
    }

    /** Elementor puts its own pairs under meta. */
    private ObjectNode plain(ObjectNode meta) {
        FormPairs pairs = new FormPairs(names);
        List<SaidField> said = new ArrayList<>();
        ObjectNode plain = Json.object();
        meta.properties().forEach(field -> {
            if (field.getValue().has("title") && field.getValue().has("value") && pairs.isPair(field.getValue())) {
                pairs.read("meta." + field.getKey(), field.getKey(), (ObjectNode) field.getValue()).ifPresent(said::add);
            } else {
                plain.set(field.getKey(), field.getValue());
            }
        });
        said.forEach(pair -> (isNoise(pair) ? technical : plain).set(plain.has(pair.label()) ? pair.path() : pair.label(), pair.value()));
        return plain;
    }

    private void choose() {
        if (isNobodyNamed()) {
            walk.lookEverywhere();
        }
        left.addAll(walk.said());
        left.removeIf(said -> !NodeText.says(said.value()) && !said.own());
        if (isNamedInside()) {
            left.replaceAll(said -> said.own() && said.is("name") ? new SaidField("name", "name", null, false, said.value()) : said);
        }
        several("phone");
        several("email");
        name();
        one("message");
        walk.cart().properties().forEach(part -> out.putIfAbsent(part.getKey(), part.getValue()));
        Stream.concat(walk.said().stream().filter(said -> said.is("total")), walk.said().stream().filter(said -> walk.cart().has("items")
                        && names.isOfCart("total", said.label()))).filter(left::contains).findFirst().ifPresent(sum -> {
                            if (!out.has("total")) {
                                set("total", sum);
                            }
                        });
        walk.said().stream().map(SaidField::field).filter(field -> field != null && !NAME_PARTS.contains(field)).distinct().forEach(this::one);
        left.forEach(said -> keep(said.label(), said.path(), said.value(), isNoise(said)));
        walk.rest().properties().forEach(field -> {
            String last = field.getKey().substring(field.getKey().lastIndexOf('.') + 1);
            boolean isNoise = names.is("noise", field.getKey()) || names.is("noise", last) || names.is("definitions", last);
            keep(field.getKey(), field.getKey(), field.getValue(), isNoise);
        });
        if (!technical.isEmpty()) {
            out.set(TECHNICAL, technical);
        }
    }

    private boolean isNobodyNamed() {
        JsonNode meta = out.path("meta");
        return walk.said().stream().noneMatch(said -> Stream.of("phone", "email", "telegram_username").anyMatch(said::is))
                && !meta.has("phone") && !meta.has("email")
                && Stream.of(out, meta).map(TelegramPerson::of).noneMatch(person -> person.id() != null || person.username() != null);
    }

    /** Beside a person whose name and phone stand together further in, a name outside is the form's or the deal's. */
    private boolean isNamedInside() {
        List<SaidField> outside = left.stream().filter(said -> said.path().indexOf('.') < 0).toList();
        return outside.stream().noneMatch(said -> said.is("phone") || said.is("email"))
                && left.stream().filter(said -> !outside.contains(said)).map(SaidField::field).filter(Objects::nonNull)
                .map(field -> NAME_PARTS.contains(field) ? "name" : field).distinct().filter(Set.of("name", "phone", "email")::contains).count() > 1
                && left.stream().anyMatch(said -> !outside.contains(said) && (said.is("name") || NAME_PARTS.stream().anyMatch(said::is)));
    }

    private boolean isNoise(SaidField said) {
        return names.is("noise", said.label()) || names.is("noise", said.path().substring(said.path().lastIndexOf('.') + 1));
    }

    private void keep(String label, String path, JsonNode value, boolean noise) {
        ObjectNode place = noise ? technical : out;
        boolean free = !place.has(label) && !MetaFields.OWN.contains(label) && !TECHNICAL.equals(label);
        String key = free ? label : path;
        for (int i = 2; place.has(key) || MetaFields.OWN.contains(key) || TECHNICAL.equals(key); i++) {
            key = path + "_" + i;
        }
        place.set(key, value);
    }

    /** The first that can be read, else the first; the others stand beside it. */
    private void several(String field) {
        List<SaidField> said = ranked(field);
        if (said.isEmpty()) {
            said = left.stream().filter(one -> one.field() == null && names.hints(one.label(), field) && one.value().isValueNode()
                    && LOOKS.get(field).test(one.text())).limit(1).toList();
        }
        if (said.isEmpty()) {
            said = left.stream().filter(one -> one.field() == null && PLAINLY.get(field).matcher(plain(one)).find()
                    && names.isNameless(one.label()) && LOOKS.get(field).test(plain(one))).limit(1).toList();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        Set<String> looked = new HashSet<>();
        said.forEach(one -> one.texts().forEach(text -> {
            // the same text many times is looked at once
            if (looked.add(text)) {
                texts.putIfAbsent(same(field, text), text);
            }
        }));
        drop(said);
        if (said.size() == 1 && said.get(0).own() && !said.get(0).value().isArray()) {
            out.set(field, said.get(0).value());
            return;
        }
        List<String> all = new ArrayList<>(texts.values());
        all.stream().filter(text -> "phone".equals(field) ? Phones.e164(text).isPresent() : EmailAddress.looksRight(text.strip())).findFirst()
                .or(() -> all.stream().findFirst()).ifPresent(first -> {
                    out.put(field, first);
                    all.remove(first);
                    for (int i = 0; i < all.size(); i++) {
                        out.put(field + "_" + (i + 2), all.get(i));
                    }
                });
    }

    /** The text of a field that has one. */
    private static String plain(SaidField said) {
        JsonNode value = said.value().size() == 1 && said.value().isArray() ? said.value().get(0) : said.value();
        return value.isTextual() ? value.textValue() : "";
    }

    /** In one pass: a form may have thousands of phones. */
    private void drop(List<SaidField> said) {
        Set<SaidField> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        gone.addAll(said);
        left.removeIf(gone::contains);
    }

    private static String same(String field, String text) {
        // an extension makes the same number another one to call
        return "phone".equals(field) ? Phones.e164(text).filter(number -> !Phones.saysMore(text, number)).orElse(text.strip())
                : text.strip().toLowerCase(Locale.ROOT);
    }

    private void name() {
        one("name");
        String name = NodeText.of(out.get("name"));
        List<SaidField> parts = new ArrayList<>();
        NAME_PARTS.forEach(part -> left.stream().filter(said -> said.is(part)).findFirst().ifPresent(parts::add));
        if (name != null) {
            // "Name" may be the first name only, beside a "Last name"
            parts.removeIf(part -> !part.is("last_name") || left.stream().anyMatch(said -> said.is("first_name")));
            parts.removeIf(part -> name.toLowerCase(Locale.ROOT).contains(part.text().strip().toLowerCase(Locale.ROOT)));
        }
        if (!parts.isEmpty()) {
            String joined = parts.stream().map(part -> part.text().strip()).collect(Collectors.joining(" "));
            out.put("name", name == null ? joined : name + " " + joined);
            drop(parts);
        }
    }

    /** What is said once more in the same words need not be said again. */
    private void one(String field) {
        if (out.hasNonNull(field)) {
            return;
        }
        List<SaidField> said = ranked(field);
        if (!said.isEmpty()) {
            set(field, said.get(0));
            left.removeIf(other -> other.is(field) && other.text() != null && other.text().equals(said.get(0).text()));
        }
    }

    private void set(String field, SaidField said) {
        boolean joined = !said.own() && said.value().isArray();
        out.set(field, joined ? Json.object().textNode(said.text()) : said.value());
        left.remove(said);
    }

    /** Our own names first; what says nothing only where nothing else does. */
    private List<SaidField> ranked(String field) {
        List<SaidField> said = left.stream().filter(one -> one.is(field)).toList();
        List<SaidField> filled = said.stream().filter(one -> one.text() != null).toList();
        return Stream.concat(filled.stream().filter(SaidField::own), filled.stream().filter(one -> !one.own())).collect(
                Collectors.collectingAndThen(Collectors.toList(), all -> all.isEmpty() ? Optional.of(said).get() : all));
    }
}
