/** Names of the two files, as the tutorial has them. */
export const fileNames = { state_dict: 'tudui_parameter.pth', model: 'tudui_whole_model.pth' } as const;
