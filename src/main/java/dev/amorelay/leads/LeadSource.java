package dev.amorelay.leads;

import freemarker.template.Template;
import java.util.List;
import java.util.Map;

/**
 * What becomes of the leads of a source in an account, as {@code lead/sources.yaml} says it.
 *
 * @param label what managers call the source, made of {@code source} and {@code form}
 * @param title what the deal is called, made of the {@link LeadFacts}
 * @param pipeline amoCRM's id of the pipeline; null for the account's main one
 * @param stage amoCRM's id of the stage; null for the pipeline's first one
 * @param responsible amoCRM's id of the user; null for the token's owner
 * @param tags of the deal
 * @param mailbox who gets the copy by mail, addresses divided by commas; null for nobody
 * @param notes the notes of the deal in their order: {@code cart} is written from {@code lead/note-cart.ftl}
 * @param fields fixed values of the deal's fields, by our name of the field
 */
record LeadSource(Template label, Template title, Long pipeline, Long stage, Long responsible, List<String> tags, String mailbox,
                  List<String> notes, Map<String, String> fields) {

    /** Of a post that names no source. */
    static final String UNKNOWN = "unknown";
}
