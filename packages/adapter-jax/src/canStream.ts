import { isAdapterError, type Context } from "@sglang-studio/core/adapter"
import { patient, type Wire } from "@sglang-studio/sglang-wire"

/**
 * Whether this server can stream logprobs. Commit cddbf6f1 with orjson 3.11 and 3.13 cannot (`Type is not JSON
 * serializable: numpy.float64`): it breaks the connection, and goes on generating. One token after a tiny prompt shows it
 * and leaves no work behind that would share a batch with what is measured.
 */
export const canStream = async (wire: Wire, topLogprobs: number, context: Context): Promise<boolean> => {
  const body = {
    input_ids: [1],
    sampling_params: { temperature: 0, max_new_tokens: 1 },
    return_logprob: true,
    logprob_start_len: 0,
    top_logprobs_num: topLogprobs,
    stream: true
  }
  try {
    const reply = await wire.http.events("/generate", body, patient(context))
    if ("status" in reply) return false
    for await (const _ of reply);
    return true
  } catch (cause) {
    if (isAdapterError(cause) && cause.reason === "crashed") return false
    throw cause
  }
}
