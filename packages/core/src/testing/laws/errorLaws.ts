import { adapterErrorReasons, isAdapterError } from "../../adapter/AdapterError.ts"
import { broken, messageOf, show, type Law } from "../Law.ts"
import { impossibleBecause, impossibleRequests, runOperations } from "../LawOptions.ts"
import { record, type Subject } from "../Subject.ts"

/** A request that cannot be answered ends in an AdapterError that tells a person what to do. */
export const errorLaws = ({ requests, unavailable, withBackend }: Subject): readonly Law[] =>
  runOperations.map((operation) => ({
    name: `${operation}: errors are AdapterErrors`,
    when: () => unavailable(operation),
    check: async () => {
      const request = impossibleRequests(requests)[operation]
      const { thrown, events } = await withBackend((backend, context) => record(backend, operation, request, context))
      const asked = `a request with ${impossibleBecause[operation]}`
      if (thrown === null)
        return broken({
          expected: `${asked} to be refused`,
          saw: `${events.length} events and no error`,
          fix: "Check the request before anything is sent, and throw AdapterError `invalid-request`."
        })
      const { error } = thrown
      if (!isAdapterError(error))
        return broken({
          expected: `an AdapterError for ${asked}`,
          saw: show(messageOf(error)),
          fix: "Convert foreign errors on the line where they occur; core/adapter exports the class."
        })
      return adapterErrorReasons.includes(error.reason) && error.message !== "" && error.hint !== ""
        ? null
        : broken({
            expected: `a reason out of ${adapterErrorReasons.join(", ")}, a message and a hint`,
            saw: show({ reason: error.reason, message: error.message, hint: error.hint }),
            fix: "The message says what happened to the person at the terminal, the hint what to do next."
          })
    }
  }))
